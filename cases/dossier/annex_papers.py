"""Annexes B3 and B4: what was signed or written down with counsel, and counsel's authority."""

from __future__ import annotations

from cases.dossier.annex_inputs import PaperInput
from cases.dossier.annex_words import joined, pairs, table
from cases.dossier.annexes import eights
from cases.dossier.context import Material
from cases.dossier.document import Block
from cases.dossier.inert import one_line
from cases.exhibit_types import TYPES

STATEMENTS, POWER, CERTIFICATE = ("statement", "interview"), "power", "certificate"
OPEN = frozenset({CERTIFICATE})  # kinds of papers that name nobody but a translator


def statements(material: Material) -> tuple[Block, ...]:
    """Annex B3: the signed statement and the record of the interview, if there are any."""
    return _papers(material, STATEMENTS)


def power(material: Material) -> tuple[Block, ...]:
    """Annex B4: the mandate, and the power of attorney as it was brought."""
    v, mandate = material.variant, material.data.mandate
    papers = _papers(material, (POWER,))
    if mandate is None and not papers:
        return ()
    said = {
        "counsel": joined((one_line(material.data.lawyer.name, 200), one_line(material.data.lawyer.line, 300)), ", "),
        "client": material.named,
        "since": v.day(mandate.since) if mandate and mandate.since else "",
        "country": v.country(mandate.country) if mandate and mandate.country else "",
    }
    return (Block(pairs=pairs(v, "b4", said)), *papers)


def file_name(paper: PaperInput, reference: str) -> str:
    """Where the file of a paper lies in the package, a pattern that nobody typed: "sealed/B4_power_L-002_<ref>.pdf"."""
    suffix = TYPES[paper.content_type].suffix
    if paper.kind in OPEN:
        return f"originals/B2_certificate_{paper.label}.{suffix}"
    annex = "B4" if paper.kind == POWER else "B3"
    return f"sealed/{annex}_{paper.kind}_{paper.label}_{reference}.{suffix}"


def _papers(material: Material, kinds: tuple[str, ...]) -> tuple[Block, ...]:
    return table(material, "b3", (_paper(each, material) for each in material.data.papers if each.kind in kinds))


def _paper(paper: PaperInput, material: Material) -> tuple[str, ...]:
    v = material.variant
    where = "papers.open" if paper.kind in OPEN else "papers.sealed"
    form = str(v.table("types").get(paper.content_type, TYPES[paper.content_type].words))
    return (
        paper.label,
        v.say(f"papers.kinds.{paper.kind}"),
        v.day(paper.received_on),
        joined((form, v.size(paper.size)), ", "),
        " ".join(eights(paper.sha256)),
        v.say(where if paper.has_file else "papers.kept"),
    )
