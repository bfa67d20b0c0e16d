"""Everything a dossier is made of, with each field declared: what happens to it in the pseudonymised rendering.

A field that is not declared here stops the making of the input, and a test names it: nothing new gets out by default.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from cases.dossier import annex_inputs as annex
from cases.dossier import inputs
from cases.dossier.inert import LONG
from cases.dossier.inputs import PSEUDONYMISED, Answer, DossierInput, FactSentence
from cases.dossier.marks import UNVERIFIED
from cases.dossier.paragraphs import split
from cases.dossier.pseudonym.days import ISO, Needed
from cases.dossier.pseudonym.replace import Maker, Replacer
from cases.dossier.pseudonym.table import PROFESSION, Identity
from cases.dossier.pseudonym.wording import LEFT_OUT, shown
from cases.dossier.public import english_sentences
from cases.dossier.variant import Variant, find
from cases.statement import catalogue

LIVING = "IDN-10"  # what the person did for a living: only the kind of work is said
LEFT_OUT_ANSWERS = frozenset({"EVD-07"})  # links to what somebody posted


class Undeclared(Exception):
    """A field of a dossier about which nothing was decided; the text is the name of the field, never a value."""


@dataclass(frozen=True)
class Pass:
    """One run over a dossier. filing: the variant; who: the key table."""

    replacer: Replacer
    who: Identity
    filing: Variant

    def each(self, found: Any) -> Any:
        """A dataclass with every field handled as declared. Raises Undeclared."""
        declared = FIELDS.get(type(found), {})
        values = {each.name: self._field(declared, each.name, found) for each in fields(found)}
        return type(found)(**values)

    def _field(self, declared: Mapping[str, Handle], name: str, found: Any) -> Any:
        if name not in declared:
            raise Undeclared(f"{type(found).__name__}.{name}")
        return declared[name](self, found, getattr(found, name))


Handle = Callable[[Pass, Any, Any], Any]


def pseudonymised(
    data: DossierInput, who: Identity, rules: Mapping[str, Maker] | None = None
) -> tuple[DossierInput, Counter[str]]:
    """The same dossier with everything replaced that identifies the survivor, relatives and witnesses.

    Also returns how often something was replaced, by kind. rules: of replace.RULES.
    Raises Undeclared.
    """
    filing = find(data.variant)
    kept = tuple(name for person in data.persons for name in (person.name, *person.variants))
    replacer = Replacer(who, Needed.of(data.confirmed), filing, rules, kept=kept)
    made: DossierInput = Pass(replacer, who, filing).each(data)
    return made, replacer.counts


def keep(_: Pass, __: Any, value: Any) -> Any:
    """Says nothing of a person: codes, labels of lists, public data, days of our own work."""
    return value


def told(run: Pass, found: Any, value: str) -> str:
    """Words in the language that `lang` or `language` names, else in English."""
    return run.replacer.replace(value, str(getattr(found, "lang", "") or getattr(found, "language", "") or "en"))


def written(run: Pass, _: Any, value: str) -> str:
    """Words in the language of filing."""
    return run.replacer.replace(value, run.filing.language)


def official(run: Pass, _: Any, value: str) -> str:
    """Words about officials, courts and laws: names of people and contacts are replaced, places and days stay."""
    return run.replacer.replace(value, run.filing.language, only=("names", "contacts", "documents"))


def cited(run: Pass, _: Any, value: str) -> str:
    """A law or where something stands in it: its addresses stay, only people's names are replaced."""
    return run.replacer.replace(value, run.filing.language, only=("names",))


def day(run: Pass, _: Any, value: str) -> str:
    """An ISO day that becomes its month unless an element needs it."""
    return run.replacer.needed.coarse(value)


def rows(run: Pass, _: Any, value: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each of several dataclasses."""
    return tuple(map(run.each, value))


def row(run: Pass, _: Any, value: Any) -> Any:
    """One dataclass, or none."""
    return value if value is None else run.each(value)


def none(_: Pass, __: Any, value: Any) -> Any:
    """Not in this rendering."""
    return None if value is None or not isinstance(value, str | tuple) else type(value)()


def facts_of(run: Pass, _: Any, value: Any) -> Any:
    """Confirmed facts: days as day(), other words as told()."""
    return _walked(value, lambda text: day(run, _, text) if ISO.match(text) else run.replacer.replace(text, "en"))


def law_of(run: Pass, found: Any, value: Any) -> Any:
    """The assessed route: of our reference data, so only people's names could be in it by mistake."""
    return _walked(value, lambda text: cited(run, found, text))


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _walked(each, change) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_walked(each, change) for each in value]
    return value


def _code(run: Pass, _: Any, __: str) -> str:
    return run.who.code


def _naming(_: Pass, __: Any, ___: str) -> str:
    return "pseudonym"


def _answer(run: Pass, found: Answer, value: str | None) -> str | None:
    """The words of an answer, or its English."""
    if value is None or _is_from_list(found):
        return value
    if found.question_id in LEFT_OUT_ANSWERS:
        return LEFT_OUT
    if found.question_id == LIVING:
        return _living(run, found.lang)
    if not found.own_words:
        return told(run, found, value)
    return "\n\n".join(run.replacer.replace(part, found.lang) for part in split(value[:LONG]))


def _is_from_list(found: Answer) -> bool:
    """Is all of it the label of a list? A date or a number may have own words beside it."""
    question = catalogue.at(catalogue.VERSION).questions.get(found.question_id)
    return found.value_en is not None and question is not None and question.type.startswith(("choice", "tick"))


def _living(run: Pass, language: str) -> str:
    codes = dict.fromkeys(term.code for term in run.who.of([PROFESSION]) if term.code)
    run.replacer.counts[PROFESSION] += 1
    return "; ".join(shown(code, language) for code in codes) or LEFT_OUT


def _sentence(run: Pass, found: FactSentence, value: str) -> str:
    """A fact sentence; one on a public finding that stands in our own list stays word for word."""
    return value if _is_public(run, found) else written(run, found, value)


def _fact_day(run: Pass, found: FactSentence, value: str) -> str:
    return value if _is_public(run, found) else day(run, found, value)


def _is_public(run: Pass, found: FactSentence) -> bool:
    """Is it a finding of our own list, word for word?"""
    return found.text in {*english_sentences(), *map(str, run.filing.table("public").values())}


def _note(run: Pass, found: FactSentence, value: str) -> str:
    return value if value.startswith(UNVERIFIED) else written(run, found, value)


def _consent_answer(run: Pass, _: Any, __: str) -> str:
    return run.filing.say("pseudonymised.consent")


def _rendering(_: Pass, __: Any, ___: str) -> str:
    return PSEUDONYMISED


def _is_cut(_: Pass, __: Any, ___: bool) -> bool:
    return True


FIELDS: dict[type, dict[str, Handle]] = {
    inputs.DossierInput: {
        "reference": keep, "case_reference": keep, "variant": keep, "built_on": keep, "rendering": _rendering,
        "route": law_of, "lawyer": row, "complainant": row, "account": rows, "facts": rows, "elements": rows,
        "exhibits": rows, "consent": rows, "public_sources": rows, "confirmed": facts_of, "cleared": rows,
        "audit_head": row, "persons": rows, "witnesses": rows, "episodes": rows, "translation": rows,
        "certificates": none, "certified": keep, "papers": none, "mandate": none, "medical": row, "needs": rows,
        "identity": none, "witness_contacts": none, "whereabouts": none, "salt": keep, "filing": none,
    },
    inputs.Complainant: {"name": _code, "naming": _naming},
    inputs.Lawyer: {"name": keep, "line": keep},
    inputs.AccountSection: {
        "id": keep, "title": keep, "version": keep, "sent_on": keep, "language": keep, "answers": rows, "hand": told,
        "is_cut": _is_cut,
    },
    inputs.Answer: {
        "question_id": keep, "question": keep, "question_en": keep, "value": _answer, "value_en": _answer, "lang": keep,
        "own_words": keep, "purposes": keep,
    },
    inputs.FactSource: {"kind": keep, "where": cited},
    inputs.FactSentence: {
        "text": _sentence, "source": keep, "where": cited, "topic": keep, "on": _fact_day, "note": _note, "voice": keep,
        "sources": rows,
    },
    inputs.ElementRow: {
        "group": keep, "element": keep, "code": keep, "paragraphs": keep, "exhibits": keep, "sources": keep,
        "strength": keep, "gap": written, "witnesses": keep,
    },
    inputs.CustodyEvent: {"event": official, "on": keep, "by": official},
    inputs.ExhibitInput: {
        "number": keep, "name": none, "content_type": keep, "size": keep, "sha256": none, "received_on": keep,
        "custody": rows,
    },
    inputs.Consent: {"scope": keep, "answer": _consent_answer, "version": keep, "language": keep, "day": keep},
    inputs.PublicSource: {"id": keep, "title": keep, "address": keep, "day": keep},
    inputs.Cleared: {"key": keep, "digest": keep, "by": keep, "on": keep, "because": told},
    inputs.AuditHead: {"number": keep, "digest": keep},
    annex.AccusedPerson: {
        "code": keep, "lang": keep, "kind": keep, "name": keep, "variants": keep, "agency": keep,
        "other_agency": official, "unit": official, "rank": official, "roles": keep, "episodes": keep, "bases": keep,
        "certainty": keep, "exhibits": keep,
    },
    annex.Witness: {"code": keep, "lang": keep, "can_tell": told, "translated": written},
    annex.Episode: {
        "number": keep, "lang": keep, "begin": day, "end": day, "facility": keep, "other_facility": told,
        "places": keep, "town": none, "region": keep, "country": keep,
    },
    annex.Translated: {
        "section_id": keep, "version": keep, "question_id": keep, "language": keep, "text": told, "revision": keep,
    },
    annex.Medical: {"exam": keep, "consistency": keep, "care": rows, "exhibits": keep},
    annex.Care: {"episode": keep, "lang": keep, "codes": keep, "provider": none},
    annex.Need: {"question_id": keep, "code": keep, "words": told, "lang": keep},
}  # fmt: skip
