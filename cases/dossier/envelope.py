"""The sealed envelope: who the complainant and the witnesses are, and where the accused were last known to be.

Each is a document of its own in the folder `sealed` of the package, to be handed over apart; nothing of it stands in
the open documents. On each stands a random number, so that its hash, which the manifest names, confirms no guess.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from cases.dossier.annex_inputs import Identity, WitnessContact
from cases.dossier.annex_words import coded, joined, own, pairs, passage, table
from cases.dossier.annexes import eights
from cases.dossier.context import Material
from cases.dossier.document import Block, SealedSheet
from cases.dossier.inert import one_line

ROLE = "sealed envelope, hand over apart"  # in the manifest
NAMES = {"A2": "A2_whereabouts", "A5": "A5_witnesses", "B7": "B7_identity"}


def sealed_sheets(material: Material) -> tuple[SealedSheet, ...]:
    """The documents of the envelope that have content, in the order of their annexes."""
    return tuple(_sheet(code, blocks, material) for code, blocks in _blocks(material) if blocks)


def envelope_line(material: Material) -> tuple[str, ...]:
    """What the cover letter says of the envelope: which annexes are in it; nothing without one."""
    v, data = material.variant, material.data
    codes = {code for code, blocks in _blocks(material) if blocks}
    codes |= {"B4" if each.kind == "power" else "B3" for each in data.papers if each.has_file and _is_sealed(each.kind)}
    return (v.say("envelope.letter", codes=v.listed(sorted(codes))),) if codes else ()


def _is_sealed(kind: str) -> bool:
    return kind in {"statement", "interview", "power"}


def _blocks(material: Material) -> Iterator[tuple[str, tuple[Block, ...]]]:
    data, v = material.data, material.variant
    where = ((each.code, own(each.text, each.lang, v)) for each in data.whereabouts)
    yield "A2", table(material, "a2_sealed", where)
    yield "A5", table(material, "a5_sealed", (_contact(each, material) for each in data.witness_contacts))
    yield "B7", _identity(data.identity, material) if data.identity else ()


def _contact(contact: WitnessContact, material: Material) -> tuple[str, ...]:
    v = material.variant
    name, reached = (
        passage(one_line(each, 600), contact.lang, v) for each in (contact.name, contact.contact)
    )  # fmt: skip
    return contact.code, name, reached, v.country(contact.country) if contact.country else ""


def _identity(identity: Identity, material: Material) -> tuple[Block, ...]:
    v, data = material.variant, material.data
    documents = (coded(each, "documents", v, "id_document") for each in identity.documents)
    said = {
        "family_name": one_line(identity.family_name, 300),
        "given_names": one_line(identity.given_names, 300),
        "latin_name": one_line(identity.latin_name, 300),
        "other_names": one_line(identity.other_names, 300),
        "birth_date": v.day(identity.birth_date) if identity.birth_date else "",
        "birth_place": one_line(identity.birth_place, 300),
        "gender": coded(identity.gender, "genders", v),
        "documents": joined((*documents, one_line(identity.document_numbers, 300))),
    }
    if not any(said.values()):
        return ()
    said["called"] = material.name
    said["served"] = joined((one_line(data.lawyer.name, 200), one_line(data.lawyer.line, 300)), ", ")
    return (Block(pairs=pairs(v, "b7", said)),)


def _sheet(code: str, blocks: tuple[Block, ...], material: Material) -> SealedSheet:
    v, data = material.variant, material.data
    number = hashlib.sha256(f"{data.salt} {code}".encode()).hexdigest()
    return SealedSheet(
        code, f"sealed/{NAMES[code]}_{data.reference}.pdf", v.say(f"envelope.titles.{code}"), v.say("envelope.notice"),
        blocks, v.say("envelope.control", number=" ".join(eights(number))),
    )  # fmt: skip
