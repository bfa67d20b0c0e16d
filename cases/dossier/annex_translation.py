"""Annex B2: the account in the language of filing, each answer with its paragraphs of annex B1, and the certificate."""

from __future__ import annotations

from itertools import groupby

from cases.dossier import certified
from cases.dossier.annex_inputs import Certificate, Translated
from cases.dossier.annex_words import joined, own, pairs, passage
from cases.dossier.annexes import eights
from cases.dossier.context import Material
from cases.dossier.document import Block, Passage, PassagePart, Words
from cases.dossier.inert import LONG, inert, one_line
from cases.dossier.inputs import AccountSection
from cases.dossier.paragraphs import Paragraph, span, split


def passages(material: Material) -> tuple[PassagePart, ...]:
    """The translated answers, section by section as annex B1 has them."""
    sections = {(each.id, each.version): each for each in material.data.account}
    grouped = groupby(material.data.translation, key=lambda each: (each.section_id, each.version))
    return tuple(
        _part(sections[place], list(found), material) for place, found in grouped if place in sections
    )  # fmt: skip


def _part(section: AccountSection, found: list[Translated], material: Material) -> PassagePart:
    v, title = material.variant, one_line(section.title, 300)
    line = v.say("translation.line", version=str(section.version), revision=str(max(each.revision for each in found)))
    asked = {answer.question_id: answer.question_en for answer in section.answers}
    made = tuple(
        _passage(each, passage(one_line(asked[each.question_id], 1_000), "en", v), material)
        for each in found
        if each.text.strip() and each.question_id in asked
    )
    return PassagePart(title, "en" if title.isascii() else section.language, line, made)


def _passage(translated: Translated, question: str, material: Material) -> Passage:
    """Paragraphs carry the numbers of the original where both have as many; else the first carries the span."""
    place = (translated.section_id, translated.version, translated.question_id)
    own_words = [each for each in material.paragraphs if (each.section_id, each.version, each.question_id) == place]
    texts = [inert(text, LONG) for text in split(translated.text[:LONG])]
    return Passage(translated.question_id, question, tuple(map(Words, _labels(own_words, len(texts), material), texts)))


def _labels(paragraphs: list[Paragraph], count: int, material: Material) -> list[str]:
    if len(paragraphs) == count:
        return [each.label for each in paragraphs]
    return [material.variant.place(span(paragraphs)), *[""] * (count - 1)]


def certificates(material: Material) -> tuple[Block, ...]:
    """A certificate sheet for each translated version; where none holds, the sheet says so and shows the digests."""
    return tuple(
        block for version in certified.versions(material.data.translation) for block in _certificates(version, material)
    )


def _certificates(version: int, material: Material) -> tuple[Block, ...]:
    v, found = material.variant, certified.certificates_for(material.data, version)
    if found:
        return tuple(_certificate(each, material) for each in found)
    if material.data.is_pseudonymised and version in material.data.certified:
        return (Block(v.say("certificate.title", version=str(version)), v.say("certificate.full")),)
    said = {
        "source": _digest(certified.source_digest(material.data.account, version)),
        "translation": _digest(certified.translation_digest(material.data.translation, version)),
    }
    title = v.say("certificate.title", version=str(version))
    return (Block(title, v.say("certificate.missing"), pairs=pairs(v, "certificate", said)),)


def _certificate(certificate: Certificate, material: Material) -> Block:
    v = material.variant
    count = sum(each.version == certificate.version for each in material.data.translation)
    said = {
        "translator": one_line(certificate.translator, 200),
        "qualification": one_line(certificate.qualification, 300),
        "languages": f"{v.tongue(certificate.source_language)} – {v.tongue(certificate.language)}",
        "extent": v.say("certificate.extent", number=str(count), version=str(certificate.version)),
        "source": _digest(certificate.source),
        "translation": _digest(certificate.translation),
        "remarks": own(certificate.remarks, v.language, v) or v.say("certificate.no_remarks"),
        "place": joined((passage(one_line(certificate.place, 120), "", v), v.day(certificate.on)), ", "),
        "paper": v.say("certificate.paper", label=certificate.paper) if certificate.paper else "",
    }
    return Block(
        v.say("certificate.title", version=str(certificate.version)), v.say("certificate.statement"),
        pairs=pairs(v, "certificate", said),
        signature="" if certificate.paper else v.say("certificate.signature"),
    )  # fmt: skip


def _digest(digest: str) -> str:
    return " ".join(eights(digest))
