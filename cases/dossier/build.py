"""From approved data to the document: a pure function, no input or output of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from cases.dossier import annex_translation, annexes
from cases.dossier.annex_sheets import sheets
from cases.dossier.attached import attached
from cases.dossier.context import FiledExhibit, Material
from cases.dossier.document import Cover, Document, Group, Letter, Pair, Section
from cases.dossier.envelope import envelope_line
from cases.dossier.errors import RenderFailed
from cases.dossier.inert import one_line
from cases.dossier.inputs import DossierInput
from cases.dossier.listed import annexes as listed
from cases.dossier.note import counsel_note
from cases.dossier.parts import protective_requests
from cases.dossier.points import TEMPLATE, open_in
from cases.dossier.sections import all_sections
from cases.dossier.variant import DEFAULT, Variant, find

TOTAL = 1_500_000  # characters in all answers together, and in their translation; more is refused, not cut


def build(data: DossierInput, filed: tuple[FiledExhibit, ...] = ()) -> Document:
    """Make the whole document: cover letter, note to counsel, main document, annexes.

    filed: the prepared exhibits, for the index. Raises RenderFailed("too-long") beyond TOTAL characters.
    """
    told = sum(len(answer.value) for section in data.account for answer in section.answers)
    if max(told, sum(len(each.text) for each in data.translation)) > TOTAL:
        raise RenderFailed("too-long")
    material = Material(data, filed)
    v = material.variant
    return Document(
        lang=v.language,
        words=words(v),
        reference=data.reference,
        case_reference=one_line(data.case_reference, 40),
        identifier=data.digest(),
        built_on=data.built_on,
        draft=v.say("draft"),
        rendering=v.rendering,
        colophon=colophon(data, v),
        cover=cover(material),
        letter=letter(material),
        note=counsel_note(material),
        sections=numbered(all_sections(material), v.say("numbering")),
        declaration=declaration(data, v),
        counsel=one_line(data.lawyer.name, 200),
        annexes=listed(material),
        elements=annexes.elements(material),
        chronology=annexes.chronology(material),
        exhibits=annexes.exhibit_index(material),
        sources=annexes.sources(material),
        account=annexes.account(material),
        account_line=account_line(material),
        consent=annexes.consent(material),
        custody=annexes.custody(material),
        attached=attached(material),
        sheets=sheets(material),
        translation=annex_translation.passages(material),
        certificates=annex_translation.certificates(material),
    )


def declaration(data: DossierInput, v: Variant) -> tuple[str, ...]:
    """What the lawyer signs: of a draft what is to be done before it is filed, else that it was done."""
    texts = tuple(v.lines("declaration.texts"))
    return texts if data.filing is None else (*texts[:-1], v.say("declaration.approved"))


def words(v: Variant) -> dict[str, Any]:
    """The labels of the templates; where the filing is not in English, the English heads of tables beside them."""
    house = find(DEFAULT)
    return v.labels() if v.language == house.language else v.labels() | {"english": house.labels()}


def numbered(sections: tuple[Section, ...], style: str) -> tuple[Section, ...]:
    """Number sections, small headings and paragraphs through. style: arabic or roman, of the sections."""
    paragraphs, places = count(1), count(1)
    return tuple(_numbered(section, number, places, paragraphs, style) for number, section in enumerate(sections, 1))


def _numbered(section: Section, at: int, places: Iterator[int], paragraphs: Iterator[int], style: str) -> Section:
    number = NUMERALS[style](next(places)) if section.is_numbered else ""
    titled = count(1)
    groups = tuple(
        Group(
            group.title,
            tuple(replace(para, number=str(next(paragraphs))) for para in group.paras),
            f"{number}.{next(titled)}" if group.title and number else "",
        )
        for group in section.groups
    )
    return replace(section, number=number, anchor=f"section-{at}", groups=groups)


def roman(number: int) -> str:
    """I, II, III, IV ... for the few sections of a complaint."""
    tens, ones = divmod(number, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def colophon(data: DossierInput, v: Variant) -> str:
    """Template version, data hash, day: what is needed to make the same bytes again; and the audit head of that day."""
    digest = " ".join(annexes.eights(data.digest()))
    made = v.say(
        "colophon.made", template=v.template, digest=digest, day=v.day(data.built_on), on_day=v.day(data.built_on, "at")
    )
    if TEMPLATE in {point.key for point in open_in(data)}:
        made = f"{made} {v.say('colophon.review')}"
    if data.audit_head is None:
        return made
    head = " ".join(annexes.eights(data.audit_head.digest))
    return f"{made} {v.say('colophon.audit', number=str(data.audit_head.number), digest=head)}"


def cover(material: Material) -> Cover:
    data, v = material.data, material.variant
    key = "cover.language_account" if material.span else "cover.language"
    pairs = {
        "reference": data.reference,
        "complainant": material.named,
        "counsel_address": _joined(data.lawyer.name, data.lawyer.line),
        "offences": _joined(material.crime[:1].upper() + material.crime[1:], material.provision),
        "bundle": bundle(material),
        "language": v.say(key, languages=material.account_languages),
    }
    return Cover(
        _joined(v.say("cover.kind"), v.rendering),
        v.say("cover.title", place=material.place, when=v.months(*material.period)),
        material.addressee,
        _labelled(pairs, v) + _rendering(v, v.say("pseudonymised.notice")),
        " ".join(protective_requests(material)),
    )


def bundle(material: Material) -> str:
    """ "Annexes A1, A3 and B1; exhibits E-001 to E-002"."""
    v, codes = material.variant, [annex.code for annex in listed(material)]
    text = v.say("cover.annexes", codes=", ".join(codes)) if codes else v.say("cover.no_annexes")
    return v.say("cover.exhibits", annexes=text, exhibits=material.exhibit_span) if material.exhibit_span else text


def letter(material: Material) -> Letter:
    """The cover letter D0, half a page, with no fact about the violence."""
    data, v = material.data, material.variant
    pairs = {
        "our_reference": data.reference,
        "client_reference": one_line(data.case_reference, 40),
        "kind": v.say("letter.kind"),
        "enclosed": bundle(material),
    }
    other = "letter.parallel" if data.confirmed.get("complaints") else "letter.no_parallel"
    return Letter(
        day=v.day(data.built_on),
        addressee=material.addressee,
        subject=v.say("letter.subject"),
        opening=v.say("letter.opening"),
        pairs=_labelled(pairs, v) + _rendering(v, v.rendering),
        protection=protective_requests(material),
        paragraphs=(v.say("letter.receipt"), v.say(other), v.say("letter.hashes"), *envelope_line(material)),
    )


def account_line(material: Material) -> str:
    """The line under the title of annex B1."""
    is_own = not any(section.hand for section in material.data.account)
    return material.variant.say("account.notice" if is_own else "account.notice_told")


def _labelled(pairs: dict[str, str], v: Variant) -> tuple[Pair, ...]:
    return tuple(Pair(v.say(f"labels.{key}"), text) for key, text in pairs.items())


def _rendering(v: Variant, text: str) -> tuple[Pair, ...]:
    return (Pair(v.say("pseudonymised.label"), text),) if v.rendering else ()


def _joined(*parts: str) -> str:
    return ", ".join(text for part in parts if (text := one_line(part, 300)))


NUMERALS: dict[str, Callable[[int], str]] = {"arabic": str, "roman": roman}
