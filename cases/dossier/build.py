"""From approved data to the document: a pure function, no input or output of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from cases.dossier import annexes, dates, wording
from cases.dossier.context import FiledExhibit, Material
from cases.dossier.document import Cover, Document, Group, Letter, Pair, Section
from cases.dossier.errors import RenderFailed
from cases.dossier.inert import one_line
from cases.dossier.inputs import DossierInput
from cases.dossier.jurisdiction import counsel_note
from cases.dossier.sections import all_sections, protective_requests

TOTAL = 1_500_000  # characters in all answers together; more is refused, not cut


def build(data: DossierInput, filed: tuple[FiledExhibit, ...] = ()) -> Document:
    """Make the whole document: cover letter, note to counsel, main document, annexes.

    filed: the prepared exhibits, for the index. Raises RenderFailed("too-long") beyond TOTAL characters.
    """
    if sum(len(answer.value) for section in data.account for answer in section.answers) > TOTAL:
        raise RenderFailed("too-long")
    material = Material(data, filed)
    return Document(
        reference=data.reference,
        case_reference=one_line(data.case_reference, 40),
        identifier=data.digest(),
        built_on=data.built_on,
        draft=wording.DRAFT,
        colophon=colophon(data),
        cover=cover(material),
        letter=letter(material),
        note=counsel_note(material),
        sections=numbered(all_sections(material)),
        declaration=wording.DECLARATION,
        counsel=one_line(data.lawyer.name, 200),
        annexes=annexes.annexes(material),
        elements=annexes.elements(material),
        chronology=annexes.chronology(material),
        exhibits=annexes.exhibit_index(material),
        sources=annexes.sources(material),
        account=annexes.account(material),
        account_line=account_line(material),
        consent=annexes.consent(material),
        custody=annexes.custody(material),
    )


def numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Number sections, small headings and paragraphs through."""
    paragraphs = count(1)
    result = []
    for number, section in enumerate(sections, start=1):
        titled = count(1)
        groups = tuple(
            Group(
                group.title,
                tuple(replace(para, number=str(next(paragraphs))) for para in group.paras),
                f"{number}.{next(titled)}" if group.title else "",
            )
            for group in section.groups
        )
        result.append(replace(section, number=str(number), anchor=f"section-{number}", groups=groups))
    return tuple(result)


def colophon(data: DossierInput) -> str:
    """Template version, data hash, day: what is needed to make the same bytes again; and the audit head of that day."""
    digest = " ".join(annexes.eights(data.digest()))
    made = f"Template {wording.TEMPLATE}. Data hash (SHA-256) {digest}. Built on {dates.in_words(data.built_on)}."
    if data.audit_head is None:
        return made
    return f"{made} Audit head {data.audit_head.number}: {' '.join(annexes.eights(data.audit_head.digest))}."


def cover(material: Material) -> Cover:
    data = material.data
    pairs = [
        Pair("Reference", data.reference),
        Pair("Complainant", material.named),
        Pair("Counsel and address for service", _joined(data.lawyer.name, data.lawyer.line)),
        Pair("Offence headings", _joined(material.crime.capitalize(), material.provision)),
        Pair("Bundle", bundle(material)),
        Pair("Language", f"English; first account in {material.account_languages}" if material.span else "English"),
    ]
    title = " ".join(
        part for part in ("Complaint concerning acts", material.place, dates.months(*material.period)) if part
    )
    return Cover(
        "Criminal complaint, main document D1",
        title,
        material.addressee,
        tuple(pairs),
        " ".join(protective_requests(material)),
    )


def bundle(material: Material) -> str:
    """ "Annexes A1, A3 and B1; exhibits E-001 to E-002"."""
    codes = [annex.code for annex in annexes.annexes(material)]
    text = f"Annexes {', '.join(codes)}" if codes else "No annexes"
    return f"{text}; exhibits {material.exhibit_span}" if material.exhibit_span else text


def letter(material: Material) -> Letter:
    """The cover letter D0, half a page, with no fact about the violence."""
    data = material.data
    pairs = (
        Pair("Our reference", data.reference),
        Pair("Client reference", one_line(data.case_reference, 40)),
        Pair("Kind of filing", "Criminal complaint"),
        Pair("Enclosed", bundle(material)),
        Pair("Data hash", " ".join(annexes.eights(data.digest()))),
    )
    other = (
        "Complaints to other bodies are stated in the section “Other proceedings”."
        if data.confirmed.get("complaints")
        else "No parallel filing is known to us at this stage."
    )
    opening = (
        "We act for the complainant and file the enclosed criminal complaint. The facts are in the complaint and its "
        "annexes, not in this letter."
    )
    return Letter(
        day=dates.in_words(data.built_on),
        addressee=material.addressee,
        subject="Filing of a criminal complaint",
        opening=opening,
        pairs=pairs,
        protection=protective_requests(material),
        paragraphs=(wording.LETTER_PARAGRAPHS[0], other, wording.LETTER_PARAGRAPHS[1]),
    )


def account_line(material: Material) -> str:
    """The line under the title of annex B1."""
    is_own = not any(section.hand for section in material.data.account)
    return wording.B1_NOTICE if is_own else wording.B1_NOTICE_TOLD


def _joined(*parts: str) -> str:
    return ", ".join(text for part in parts if (text := one_line(part, 300)))
