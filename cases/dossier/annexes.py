"""The annexes on elements, dates, exhibits, sources, the account, consent and custody, as plain lines."""

from __future__ import annotations

from itertools import groupby

from cases.dossier import names
from cases.dossier.binding import places
from cases.dossier.context import FiledExhibit, Material
from cases.dossier.derived import BY
from cases.dossier.document import (
    AccountEntry,
    AccountPart,
    DatedLine,
    ElementGroup,
    ElementLine,
    ExhibitLine,
    Words,
)
from cases.dossier.expected import is_day
from cases.dossier.inert import LONG, cut_note, inert, one_line
from cases.dossier.inputs import AccountSection, Answer, CustodyEvent, ExhibitInput
from cases.dossier.paragraphs import Paragraph
from cases.dossier.passages import foreign
from cases.dossier.variant import Variant, fill
from cases.exhibit_types import TYPES


def elements(material: Material) -> tuple[ElementGroup, ...]:
    """Annex A1, rows grouped by crime in the order given."""
    strengths = material.variant.table("strengths")
    return tuple(
        ElementGroup(
            one_line(title, 200),
            tuple(
                ElementLine(
                    one_line(row.element, 300),
                    one_line(row.code, 20),
                    material.variant.place(one_line(row.paragraphs, 200)),
                    one_line(", ".join(part for part in (row.exhibits, row.witnesses) if part), 200),
                    one_line(row.sources, 200),
                    str(strengths[row.strength]),
                    one_line(row.gap, 600),
                )
                for row in rows
            ),
        )
        for title, rows in groupby(material.data.elements, key=lambda row: row.group)
    )


def chronology(material: Material) -> tuple[DatedLine, ...]:
    """Annex A3: dated facts, sends of the account and receipt of exhibits, by date."""
    v = material.variant
    facts = [each for each in material.data.facts if each.on]
    lines = [(f.on, material.spoken(f), "; ".join(v.place(each.where) for each in f.rests_on)) for f in facts]
    sends = dict.fromkeys((s.sent_on, s.version) for s in material.data.account)
    annex = v.say("source.annex", code="B1")
    lines += [(day, v.say("chronology.sent", version=str(version)), annex) for day, version in sends]
    lines += [(e.received_on, v.say("chronology.received", label=e.label), e.label) for e in material.data.exhibits]
    ordered = sorted(lines, key=lambda line: line[0])
    return tuple(DatedLine(v.day(on), text, one_line(at, 120)) for on, text, at in ordered)


def exhibit_index(material: Material) -> tuple[ExhibitLine, ...]:
    """Annex A4."""
    filed, bound = {exhibit.label: exhibit for exhibit in material.filed}, places(material.filed)
    return tuple(
        _exhibit_line(exhibit, material.variant, filed.get(exhibit.label), bound.get(exhibit.label))
        for exhibit in material.data.exhibits
    )


def _exhibit_line(
    exhibit: ExhibitInput, v: Variant, copy: FiledExhibit | None, bound: tuple[int, int] | None
) -> ExhibitLine:
    return ExhibitLine(
        label=exhibit.label,
        title=one_line(exhibit.name, 160) or v.say("pseudonymised.withheld"),
        received=v.say("exhibits.received", on_day=v.day(exhibit.received_on, "at")),
        original=f"{kind(exhibit, v)}, {v.size(exhibit.size)}",
        filed=v.say("exhibits.copy" if copy and not copy.note else "exhibits.sheet"),
        file_name=copy.file_name if copy else "",
        pages=_extent(copy, bound, v) if copy else "",
        original_hash=eights(exhibit.sha256) or (v.say("pseudonymised.withheld"),),
        filed_hash=eights(copy.sha256) if copy else (),
        note=copy.note if copy else v.say("exhibits.not_prepared"),
    )


def _extent(copy: FiledExhibit, bound: tuple[int, int] | None, v: Variant) -> str:
    """How many pages, and where they stand in the volumes."""
    if bound is None:
        return pages(copy.pages, v)
    number, page = map(str, bound)
    return f"{pages(copy.pages, v)}; {v.say('exhibits.volume', number=number, page=page)}"


def sources(material: Material) -> tuple[tuple[str, ...], ...]:
    """Annex A8: reference, title, address, day of reading; then the sources of the section on jurisdiction."""
    v = material.variant
    public = tuple(
        (one_line(s.id, 20), _english(one_line(s.title, 400), v), one_line(s.address, 600), v.day(s.day))
        for s in material.data.public_sources
    )
    law = tuple(
        (label, v.say("source.law"), one_line(address, 600), "") for address, label in material.references.items()
    )
    return public + law


def account(material: Material) -> tuple[AccountPart, ...]:
    """Annex B1: every answer as typed, own words in numbered paragraphs."""
    places: dict[tuple[str, int, str], list[Paragraph]] = {}
    for paragraph in material.paragraphs:
        places.setdefault((paragraph.section_id, paragraph.version, paragraph.question_id), []).append(paragraph)
    return tuple(_part(section, places, material.variant) for section in material.data.account if section.answers)


def _part(
    section: AccountSection, places: dict[tuple[str, int, str], list[Paragraph]], variant: Variant
) -> AccountPart:  # fmt: skip
    entries = tuple(
        _entry(answer, places.get((section.id, section.version, answer.question_id), []))
        for answer in section.answers
        if answer.value.strip()
    )
    day, language = variant.day(section.sent_on, "at"), variant.tongue(section.language, "in")
    line = variant.say("account.line", version=str(section.version), on_day=day, language=language)
    if section.hand:
        line = variant.say("account.told", line=line, hand=_english(one_line(section.hand, 300), variant))
    title = one_line(section.title, 300)
    return AccountPart(title, "en" if title.isascii() else section.language, line, entries)


def _entry(answer: Answer, paragraphs: list[Paragraph]) -> AccountEntry:
    return AccountEntry(
        question_id=one_line(answer.question_id, 40),
        question=one_line(answer.question, 1_000),
        question_en=one_line(answer.question_en, 1_000) if answer.question_en != answer.question else "",
        lang=answer.lang,
        direction=names.direction(answer.lang),
        own_words=answer.own_words,
        words=_own(answer, paragraphs) if answer.own_words else (Words("", inert(answer.value, LONG)),),
        value_en=one_line(answer.value_en, 2_000) if answer.value_en and answer.value_en != answer.value else "",
    )


def _own(answer: Answer, paragraphs: list[Paragraph]) -> tuple[Words, ...]:
    words = tuple(Words(p.label, inert(p.text, LONG)) for p in paragraphs)
    note = cut_note(answer.value, LONG).strip()
    return (*words, Words("", note)) if note else words


def consent(material: Material) -> tuple[tuple[str, ...], ...]:
    """Annex B5: scope, answer, version of the text, language, day; last the yes to this very text."""
    asked = tuple(
        (
            _english(one_line(c.scope, 600), material.variant),
            _english(one_line(c.answer, 400), material.variant),
            one_line(c.version, 40),
            material.variant.tongue(c.language),
            material.variant.day(c.day),
        )
        for c in material.data.consent
    )
    return asked + _approval(material)


def _approval(material: Material) -> tuple[tuple[str, ...], ...]:
    """The survivor's approval of a dossier for filing; the version is the beginning of the digest of its words."""
    filing, v = material.data.filing, material.variant
    if filing is None:
        return ()
    said = v.say(f"approval.{'aloud' if filing.is_aloud else 'yes'}", day=v.day(filing.shown_on, "at"))
    version = f"{filing.digest[:8]} {filing.digest[8:16]}"
    return ((v.say("approval.scope"), said, version, v.tongue(filing.language), v.day(filing.agreed_on)),)


def custody(material: Material) -> tuple[tuple[str, ...], ...]:
    """Annex B6: exhibit, event, day, person code; at the end of each how the filed copy was made."""
    v = material.variant
    made = {filed.label: CustodyEvent(filed.derived, material.data.built_on, BY) for filed in material.filed}
    return tuple(
        (exhibit.label, happened(event.event, v), v.day(event.on), by_whom(event.by, v))
        for exhibit in material.data.exhibits
        for event in (*exhibit.custody, *([made[exhibit.label]] if exhibit.label in made else []))
        if event.event
    )


def eights(digest: str) -> tuple[str, ...]:
    """A hex digest as two lines of four groups of eight."""
    groups = [digest[at : at + 8] for at in range(0, len(digest), 8)]
    return tuple(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def happened(event: str, variant: Variant) -> str:
    """An event of custody in the words of the variant; else in the English of the record."""
    return worded(one_line(event, 200), "events", variant)


def by_whom(person: str, variant: Variant) -> str:
    """Who did it, by role, as happened()."""
    return worded(one_line(person, 80), "people", variant)


def worded(text: str, table: str, variant: Variant) -> str:
    """A text in the words of a table; an entry that ends with a colon or a blank stands for what begins so."""
    words = variant.table(table)
    for known, said in words.items():
        if known == text:
            return str(said)
        if known.endswith(" ") and text.startswith(known):
            return fill(str(said), rest=worded(text.removeprefix(known), table, variant))
    return variant.day(text) if words and is_day(text) else _english(text, variant)


def _english(text: str, variant: Variant) -> str:
    return foreign(text, "en", variant.language)


def pages(count: int, variant: Variant) -> str:
    """Pages of a filed exhibit in words; the slip is one of them."""
    return variant.say("exhibits.pages" if count > 1 else "exhibits.one_page", number=str(count))


def kind(exhibit: ExhibitInput, variant: Variant) -> str:
    """What kind of file it is, in words."""
    return str(variant.table("types").get(exhibit.content_type, TYPES[exhibit.content_type].words))
