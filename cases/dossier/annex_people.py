"""Annexes A2 and A5: who is accused and who can testify, by code. Names of witnesses are not looked at here."""

from __future__ import annotations

from collections.abc import Iterator

from cases.dossier.annex_inputs import AccusedPerson, Witness
from cases.dossier.annex_words import coded, joined, own, table
from cases.dossier.context import Material
from cases.dossier.document import Block
from cases.dossier.inert import one_line
from cases.dossier.latin import in_latin
from cases.dossier.sealed_set import without_names
from cases.dossier.variant import Variant


def persons(material: Material) -> tuple[Block, ...]:
    """Annex A2: a row for each person of whom something is said beside the code."""
    rows = (_person(person, material.variant) for person in material.data.persons)
    return table(material, "a2", (row for row in rows if any(row[1:])))


def _person(person: AccusedPerson, v: Variant) -> tuple[str, ...]:
    service = coded(person.agency, "agencies", v, "agency")
    words = [own(each, person.lang, v, 300) for each in (person.other_agency, person.unit, person.rank)]
    return (
        person.code,
        name_of(person, v) or coded(person.kind, "persons.kinds", v),
        joined((service, *words)),
        joined((*(coded(each, "person_roles", v) for each in person.roles), _episodes(person, v))),
        joined(_basis(person, v)),
        joined(person.exhibits, ", "),
    )


def name_of(person: AccusedPerson, v: Variant) -> str:
    """The name with its variants, always as the complainant's words; said to be unconfirmed where it is."""
    name = own(person.name, person.lang, v, 300)
    if not name:
        return ""
    others = v.listed(own(each, person.lang, v, 300) for each in person.variants)
    latin = in_latin(one_line(person.name, 300), person.lang)
    more = (v.say("persons.variants", names=others) if others else "", v.say("persons.latin", name=latin))
    whole = joined((name, more[0], more[1] if latin else ""), ", ")
    return whole if person.is_confirmed else v.say("persons.unconfirmed", name=whole)


def _episodes(person: AccusedPerson, v: Variant) -> str:
    if not person.episodes:
        return ""
    key = "persons.episode" if len(person.episodes) == 1 else "persons.episodes"
    return v.say(key, numbers=v.listed(person.episodes))


def _basis(person: AccusedPerson, v: Variant) -> Iterator[str]:
    yield from (coded(each, "person_bases", v) for each in person.bases)
    if word := coded(person.certainty, "certainties", v):
        yield v.say("persons.certainty", word=v.quoted(word))
    if person.sources:
        yield v.say("persons.sources", number=str(person.sources))


def witnesses(material: Material) -> tuple[Block, ...]:
    """Annex A5: a code and what this person can speak about; of whoever it says nothing there is no row."""
    rows = ((each.code, _can_tell(each, material)) for each in material.data.witnesses)
    return table(material, "a5", (row for row in rows if row[1]))


def _can_tell(witness: Witness, material: Material) -> str:
    """In the language of filing where somebody translated it, else as it was said; a known name is its code."""
    named = [(each.name, each.code) for each in material.data.witness_contacts]
    if witness.translated:
        return own(without_names(witness.translated, named), material.variant.language, material.variant)
    return own(without_names(witness.can_tell, named), witness.lang, material.variant)
