"""The sections of the main document. An empty field makes no sentence, a section without sentences is left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from cases.dossier import dates, names, wording
from cases.dossier.context import Material, listed, sentence
from cases.dossier.document import Group, Para, Section
from cases.dossier.inert import one_line
from cases.dossier.inputs import FactSentence
from cases.dossier.jurisdiction import UNVERIFIED, jurisdiction

COUNSEL = ("counsel",)
CONFIRMED = ("account, confirmed fact",)


def all_sections(material: Material) -> tuple[Section, ...]:
    """Every section that has data, in the order of the complaint, not yet numbered."""
    makers = (
        subject, complainant, summary, jurisdiction, context, facts, persons, harm, displacement, qualification,
        evidence, complaints, protection, requests,
    )  # fmt: skip
    made = (maker(material) for maker in makers)
    return tuple(section for section in made if any(group.paras for group in section.groups))


def plain_section(title: str, paras: Iterable[Para], intro: str = "") -> Section:
    """A section with one group and no small headings."""
    return Section(title, (Group("", tuple(paras)),), intro)


def subject(material: Material) -> Section:
    about = sentence(
        f"It concerns acts {material.place}".rstrip(), dates.months(*material.period), f"and alleges {material.crime}"
    )
    return plain_section(
        "Addressee and subject",
        [Para(f"Addressee of this criminal complaint: {material.addressee}. {about}", COUNSEL, "counsel")],
    )


def complainant(material: Material) -> Section:
    named = wording.NAMED[material.data.complainant.naming] if material.name else wording.UNNAMED
    naming = named.format(name=material.name)
    lawyer = material.data.lawyer
    paras = [Para(naming, ("choice of the complainant, annex B5",))]
    paras += [Para(text, CONFIRMED) for text in _status(material.confirmed.get("victim") or {})]
    paras += from_facts(material, "complainant")
    line = one_line(lawyer.line, 300).removeprefix("Address for service:").strip()
    served = sentence(f"Address for service: {line}") if line else ""
    paras.append(Para(f"The complainant is represented by {one_line(lawyer.name, 200)}. {served}".strip(), COUNSEL))
    return plain_section("Complainant and representation", paras)


def _status(victim: dict[str, Any]) -> list[str]:
    texts = []
    if nationalities := [names.country(str(n["country"])) for n in victim.get("nationalities", ()) if n.get("country")]:
        texts.append(f"The complainant states the nationality of {listed(nationalities)}.")
    if victim.get("residence_at_acts"):
        texts.append(
            f"At the time of the acts the complainant lived in {names.country(str(victim['residence_at_acts']))}."
        )
    if victim.get("residence_now"):
        texts.append(f"The complainant now lives in {names.country(str(victim['residence_now']))}.")
    if victim.get("refugee") is True:
        texts.append("The complainant states to have refugee status or another form of international protection.")
    return texts


def summary(material: Material) -> Section:
    paras = []
    if material.span:
        paras.append(
            Para(
                f"{material.name or 'The complainant'} gave a first account in {material.account_languages} on "
                f"{material.sent}. It is annexed in full in the original language.",
                (f"annex B1, {material.span}",),
            )
        )
    if material.place:
        text = sentence(
            f"The acts took place, according to the account, {material.place}", dates.when(*material.period)
        )
        paras.append(Para(text, CONFIRMED))
    if crime_facts := _crime_facts(material):
        paras.append(Para(f"The account speaks of {crime_facts}.", CONFIRMED))
    if material.exhibit_span:
        paras.append(Para(f"Filed with the account: {material.exhibit_span}.", ("annex A4",)))
    paras.append(Para("The complainant asks that an investigation be opened; the requests stand at the end.", COUNSEL))
    return plain_section("Summary", paras)


def _crime_facts(material: Material) -> str:
    codes = [code for act in material.confirmed.get("acts", ()) for code in act.get("crime_facts", ())]
    known = [wording.CRIME_FACTS[code] for code in dict.fromkeys(codes) if code in wording.CRIME_FACTS]
    return "; ".join(known)


def context(material: Material) -> Section:
    return plain_section("Context", from_facts(material, "context"))


def facts(material: Material) -> Section:
    own = (
        Para(
            wording.OWN_WORDS.format(span=material.span.removeprefix("¶ "), language=material.account_languages),
            (f"account {material.span}",),
        )
        if material.span
        else Para(wording.NO_OWN_WORDS, COUNSEL)
    )
    groups = [Group("The account", (own,))]
    groups += [Group(title, tuple(from_facts(material, topic))) for topic, title in wording.FACT_TOPICS.items()]
    shown = tuple(group for group in groups if group.paras)
    return Section("Facts", shown, wording.FACTS_INTRO, wording.VOICES)


def persons(material: Material) -> Section:
    known = [_suspect(suspect) for suspect in material.confirmed.get("suspects", ())]
    paras = [*known, *from_facts(material, "persons")]
    return plain_section("Persons responsible", paras or [Para(wording.PERSONS_UNKNOWN, COUNSEL)])


def _suspect(suspect: dict[str, Any]) -> Para:
    office = str(suspect.get("office") or "").replace("_", " ")
    parts = [f"Person {one_line(str(suspect.get('id', 'without code')), 40)}"]
    parts.append(
        f"held the office of {office}" if office not in {"", "other"} else "is a person described in the account"
    )
    seen = suspect.get("last_seen") or {}
    where = f"; last reported in {names.country(str(seen['country']))}" if seen.get("country") else ""
    return Para(f"{' '.join(parts)}{where}. No name is printed in this variant.", CONFIRMED)


def harm(material: Material) -> Section:
    return plain_section("Harm", from_facts(material, "harm"))


def displacement(material: Material) -> Section:
    return plain_section("Displacement", from_facts(material, "displacement"))


def qualification(material: Material) -> Section:
    keys = ["torture", "crimes_against_humanity"]
    if material.confirmed.get("displacement") or any(row.code.startswith("D") for row in material.data.elements):
        keys.append("deportation")
    texts = [wording.QUALIFICATION[key] for key in keys]
    paras = [Para(text, ("counsel", source), "counsel") for text, source in [*texts, wording.LIABILITY]]
    if material.data.elements:
        paras.append(Para(wording.ELEMENTS_POINTER, ("annex A1",), "counsel"))
    return plain_section("Legal qualification", paras)


def evidence(material: Material) -> Section:
    filed = {exhibit.label: exhibit for exhibit in material.filed}
    paras = []
    for exhibit in material.data.exhibits:
        copy = filed.get(exhibit.label)
        state = copy.note if copy and copy.note else "filed as a stamped copy; the original file is in the bundle"
        received = f"Exhibit {exhibit.label} was received from the complainant"
        text = f"{received} on {dates.in_words(exhibit.received_on)}; {state}."
        paras.append(Para(text, (exhibit.label, "annex A4, annex B6"), "exhibit"))
    return plain_section("Evidence", paras)


def complaints(material: Material) -> Section:
    paras = [Para(_complaint(entry), CONFIRMED) for entry in material.confirmed.get("complaints", ())]
    paras += from_facts(material, "complaints")
    return plain_section("Other proceedings", paras or [Para(wording.NO_OTHER_PROCEEDINGS, ("confirmed facts",))])


def _complaint(entry: dict[str, Any]) -> str:
    result = str(entry.get("result") or "unknown")
    outcome = (
        "its result is not known at this stage"
        if result == "unknown"
        else f"the result stated is “{one_line(result, 40)}”"
    )
    day = dates.when(str(entry.get("date") or ""), "")
    where = f"in {names.country(str(entry['country']))}" if entry.get("country") else ""
    return sentence("A complaint was made", where, f"{day}; {outcome}" if day else f"on a day not stated; {outcome}")


def protection(material: Material) -> Section:
    texts = protective_requests(material)
    return plain_section("Protection and special needs", [Para(text, COUNSEL) for text in texts])


def protective_requests(material: Material) -> tuple[str, ...]:
    """What the cover, the letter and the section on protection ask for, in one wording."""
    family = wording.FAMILY if "FAMILY" in material.confirmed.get("flags", ()) else ""
    hearing = f"Hearing in {material.languages}, with counsel present."
    name = wording.PROTECTION_NAME[material.data.complainant.naming]
    return tuple(text for text in (wording.CONTACT, name, wording.NO_BELARUS, hearing, family) if text)


def requests(material: Material) -> Section:
    paras = [Para(text.format(languages=material.languages), COUNSEL) for text in wording.REQUESTS]
    return plain_section("Requests", paras, "The complainant asks the addressee, through counsel:")


def from_facts(material: Material, topic: str) -> list[Para]:
    """The fact sentences of one topic with their source notes."""
    return [_fact(fact) for fact in material.data.facts if _topic(fact) == topic and fact.text.strip()]


def _topic(fact: FactSentence) -> str:
    return fact.topic if fact.topic in wording.TOPICS else "facts"


def _fact(fact: FactSentence) -> Para:
    where = one_line(fact.where, 120)
    source = {"account": f"account, {where}", "exhibit": f"{where} shows", "public": where}[fact.source]
    note = one_line(fact.note, 200).removeprefix(f"{UNVERIFIED}: ")
    mark = UNVERIFIED if fact.note.startswith(UNVERIFIED) else ""
    voice = "exhibit" if fact.source == "exhibit" else "fact"
    return Para(one_line(fact.text, 2_000), (source, *([note] if note else [])), voice, mark)
