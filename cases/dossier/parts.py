"""What a section is made of. A variant names these makers in its plan; the words are the variant's."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from cases.dossier import law
from cases.dossier.annex_papers import POWER
from cases.dossier.context import Material
from cases.dossier.document import Para
from cases.dossier.inert import one_line
from cases.dossier.inputs import FactSentence, FactSource
from cases.dossier.listed import annexes as listed_annexes
from cases.dossier.marks import UNVERIFIED
from cases.dossier.points import OFFICE, fact_key
from cases.dossier.topics import TOPICS

PRINTED = {"person": "fact", "exhibit": "exhibit", "counsel": "counsel"}  # a voice -> how its paragraph is set
NAMED = ("account", "exhibit")  # kinds of sources that the margin introduces in words of the variant
Maker = Callable[[Material, str], Iterable[Para]]


def make(name: str, material: Material) -> tuple[Para, ...]:
    """The paragraphs of one part: "summary", or with what it is about, "topic:harm"."""
    maker, _, about = name.partition(":")
    return tuple(MAKERS[maker](material, about))


def source(material: Material, key: str, **values: str) -> tuple[str, ...]:
    """A note for the margin, in the words of the variant."""
    return (material.variant.say(f"source.{key}", **values),)


def subject(material: Material, about: str) -> list[Para]:
    v = material.variant
    place, when = material.place, v.months(*material.period)
    text = f"{v.say('subject.addressee', addressee=material.addressee)} " + v.sentence(
        "subject.about", place=place, when=when, crime=material.crime
    )
    return [Para(text.strip(), source(material, "counsel"), "counsel")]


def naming(material: Material, about: str) -> list[Para]:
    key = material.data.complainant.naming if material.name else "unnamed"
    return [Para(material.variant.say(f"naming.{key}", name=material.name), source(material, "named"))]


def status(material: Material, about: str) -> list[Para]:
    return [Para(text, source(material, "confirmed")) for text in _status(material)]


def _status(material: Material) -> list[str]:
    victim, v, texts = material.confirmed.get("victim") or {}, material.variant, []
    if found := [v.country(str(n["country"])) for n in victim.get("nationalities", ()) if n.get("country")]:
        texts.append(v.say("status.nationality", countries=v.listed(found)))
    for key in ("residence_at_acts", "residence_now"):
        if victim.get(key):
            texts.append(v.say(f"status.{key}", **{"in": v.country(str(victim[key]), "in")}))
    if victim.get("refugee") is True:
        texts.append(v.say("status.refugee"))
    return texts


def counsel(material: Material, about: str) -> list[Para]:
    v, lawyer = material.variant, material.data.lawyer
    line = one_line(lawyer.line, 300).removeprefix("Address for service:").strip()
    served = v.sentence("counsel.served", line=line) if line else ""
    said = v.say("counsel.represented", name=one_line(lawyer.name, 200))
    text = " ".join(part for part in (said, _power(material), served) if part)
    return [Para(text.strip(), source(material, "counsel"), mark=material.mark(OFFICE))]


def _power(material: Material) -> str:
    """That the power of attorney is annexed; else what a variant says of one that comes later."""
    has_power = any(paper.kind == POWER for paper in material.data.papers)
    return str(material.variant.table("pointers").get("power" if has_power else "power_later", ""))


def pointer(material: Material, about: str) -> list[Para]:
    """Where people are listed, if they are. about: "persons" or "witnesses"."""
    code = {"persons": "A2", "witnesses": "A5"}[about]
    is_there = any(each.code == code for each in listed_annexes(material))
    return [Para(material.variant.say(f"pointers.{about}"), source(material, "annex", code=code))] if is_there else []


def summary(material: Material, about: str) -> list[Para]:
    v, paras = material.variant, []
    if material.span:
        name = material.name or v.say("summary.complainant")
        text = v.say("summary.account", name=name, languages=material.account_languages, on_day=material.sent)
        paras.append(Para(text, source(material, "annex_at", code="B1", where=v.place(material.span))))
    if material.place:
        text = v.sentence("summary.acts", place=material.place, when=v.when(*material.period))
        paras.append(Para(text, source(material, "confirmed")))
    if facts := _crime_facts(material):
        paras.append(Para(v.say("summary.speaks_of", facts=facts), source(material, "confirmed")))
    if material.exhibit_span:
        text = v.say("summary.filed", exhibits=material.exhibit_span)
        paras.append(Para(text, source(material, "annex", code="A4")))
    paras.append(Para(v.say("summary.asks"), source(material, "counsel")))
    return paras


def _crime_facts(material: Material) -> str:
    codes = [code for act in material.confirmed.get("acts", ()) for code in act.get("crime_facts", ())]
    words = material.variant.table("crime_facts")
    return "; ".join(words[code] for code in dict.fromkeys(codes) if code in words)


def own_words(material: Material, about: str) -> list[Para]:
    v = material.variant
    if not material.span:
        return [Para(v.say("own_words.none"), source(material, "counsel"))]
    text = v.say(
        "own_words.there", span=v.place(material.span).removeprefix("¶ "), languages=material.account_languages
    )
    return [Para(text, source(material, "own_words", where=v.place(material.span)))]


def suspects(material: Material, about: str) -> list[Para]:
    return [
        Para(_suspect(suspect, material), source(material, "confirmed"))
        for suspect in material.confirmed.get("suspects", ())
    ]


def _suspect(suspect: dict[str, Any], material: Material) -> str:
    v, seen = material.variant, (suspect.get("last_seen") or {}).get("country")
    code = one_line(str(suspect.get("id", v.say("suspects.without_code"))), 40)
    office = str(suspect.get("office") or "")
    values = {
        "person": v.say("suspects.code", code=code),
        "office": str(v.table("offices").get(office, office.replace("_", " "))),
        "seen": v.say("suspects.seen", **{"in": v.country(str(seen), "in")}) if seen else "",
    }
    return v.say("suspects.described" if office in {"", "other"} else "suspects.office", **values)


def elements_pointer(material: Material, about: str) -> list[Para]:
    if not material.data.elements:
        return []
    return [Para(material.variant.say("elements_pointer.text"), source(material, "annex", code="A1"), "counsel")]


def exhibits(material: Material, about: str) -> list[Para]:
    v, filed, paras = material.variant, {exhibit.label: exhibit for exhibit in material.filed}, []
    for exhibit in material.data.exhibits:
        copy = filed.get(exhibit.label)
        state = copy.note if copy and copy.note else v.say("exhibit.filed")
        on_day = v.day(exhibit.received_on, "at")
        text = v.say("exhibit.received", label=exhibit.label, on_day=on_day, state=state)
        paras.append(Para(text, (exhibit.label, v.say("source.index")), "exhibit"))
    return paras


def complaints(material: Material, about: str) -> list[Para]:
    return [
        Para(_complaint(entry, material), source(material, "confirmed"))
        for entry in material.confirmed.get("complaints", ())
    ]


def _complaint(entry: dict[str, Any], material: Material) -> str:
    v, result = material.variant, str(entry.get("result") or "unknown")
    shown = v.quoted(str(v.table("complaints.results").get(result, one_line(result, 40))))
    outcome = v.say("complaints.unknown") if result == "unknown" else v.say("complaints.result", result=shown)
    when = v.when(str(entry.get("date") or ""), "")
    place = v.country(str(entry["country"]), "in") if entry.get("country") else ""
    return v.sentence("complaints.made" if when else "complaints.undated", outcome=outcome, when=when, place=place)


def protection(material: Material, about: str) -> list[Para]:
    return [Para(text, source(material, "counsel")) for text in protective_requests(material)]


def protective_requests(material: Material) -> tuple[str, ...]:
    """What the cover, the letter and the section on protection ask for, in one wording."""
    v = material.variant
    texts = (
        v.say("protection.contact"),
        v.say(f"protection.naming.{material.data.complainant.naming}"),
        v.say("protection.no_belarus"),
        v.say("protection.hearing", languages=material.languages),
        v.say("protection.family") if "FAMILY" in material.confirmed.get("flags", ()) else "",
    )
    return tuple(text for text in texts if text)


def requests(material: Material, about: str) -> list[Para]:
    items = material.variant.lines(f"requests.{about or 'items'}")
    return [Para(text.format(languages=material.languages), source(material, "counsel")) for text in items]


def annexes(material: Material, about: str) -> list[Para]:
    """The list of annexes and exhibits, where an authority wants it among the headings."""
    v, margin = material.variant, (material.variant.say("labels.bundle"),)
    lines = [f"{v.say('labels.annex')} {each.code}: {each.title}." for each in listed_annexes(material)]
    lines += [v.say("exhibits.listed", exhibits=material.exhibit_span)] if material.exhibit_span else []
    return [Para(line, margin) for line in lines]


def contact(material: Material, about: str) -> list[Para]:
    """Telephone and mail, or the statement that there are none; for authorities that want it said."""
    return [Para(material.variant.say("counsel.contact"), source(material, "counsel"))]


def from_facts(material: Material, topic: str) -> list[Para]:
    """The fact sentences of one topic with their source notes."""
    return [_fact(fact, material) for fact in material.data.facts if _topic(fact) == topic and fact.text.strip()]


def _topic(fact: FactSentence) -> str:
    return fact.topic if fact.topic in TOPICS else "facts"


def _fact(fact: FactSentence, material: Material) -> Para:
    note = one_line(fact.note, 200).removeprefix(f"{UNVERIFIED}: ")
    is_marked = fact.note.startswith(UNVERIFIED)
    mark = material.mark(fact_key(fact)) if is_marked else ""
    if is_marked:
        note = material.variant.say("source.to_read") if mark else ""
    margin = source(material, "counsel") if fact.voice == "counsel" else ()
    margin += tuple(_margin(each, material) for each in fact.rests_on)
    return Para(material.spoken(fact), (*margin, *([note] if note else [])), PRINTED[fact.spoken], mark)


def _margin(place: FactSource, material: Material) -> str:
    where = material.variant.place(one_line(place.where, 120))
    return material.variant.say(f"source.{place.kind}", where=where) if place.kind in NAMED else where


MAKERS: dict[str, Maker] = {
    "subject": subject, "naming": naming, "status": status, "counsel": counsel, "summary": summary,
    "basis": law.basis, "reasons": law.reasons, "open_points": law.open_fields, "law": law.paragraphs,
    "own_words": own_words, "topic": from_facts, "suspects": suspects, "elements_pointer": elements_pointer,
    "exhibits": exhibits, "complaints": complaints, "protection": protection, "requests": requests,
    "annexes": annexes, "contact": contact, "pointer": pointer,
}  # fmt: skip
