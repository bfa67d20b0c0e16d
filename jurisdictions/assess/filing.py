"""Who is written to, in which language, with which formalities; and the deadline as far as the data carries it."""

from collections.abc import Iterable
from typing import Any

from jurisdictions.assess import texts
from jurisdictions.assess.context import Context
from jurisdictions.snapshot import Law, Situation
from jurisdictions.vocabulary import LANGUAGES

CONFIRM = "unknown: lawyer must confirm"


def deadline(limitation: str) -> dict[str, Any]:
    """ "none" only where the data says that the crime does not lapse; a period is never turned into a day here."""
    return {"date": None, "kind": "none" if limitation == "none" else CONFIRM}


def steps_in(context: Context) -> list[dict[str, str]]:
    """Next steps in a State; empty when it has no national file."""
    law = context.reference.laws.get(context.forum)
    if law is None:
        return []
    place = ", ".join(part for part in (law.authority_name, law.authority_city) if part)
    steps = _steps(place, law)
    if law.translation_note:
        steps.append(_step("translation", law.translation_note, law))
    return steps


def steps_before(situation: Situation) -> list[dict[str, str]]:
    """Next steps before an international court."""
    return _steps(situation.forum_name, situation)


def _steps(place: str, where: Law | Situation) -> list[dict[str, str]]:
    channels = _listed(where.filing_channels) or "a channel that a lawyer must confirm"
    spoken = _listed(LANGUAGES.get(code, code) for code in where.filing_languages) or "a language still unknown"
    steps = [
        _step("authority", texts.say("step_authority", place=place, channels=channels), where),
        _step("language", texts.say("step_language", languages=spoken), where),
    ]
    return steps + [_step("formality", f"{text[:1].upper()}{text[1:]}.", where) for text in where.formalities]


def _step(code: str, text: str, where: Law | Situation) -> dict[str, str]:
    return {"code": code, "text": text, "source": next(iter(where.sources), ""), "confidence": where.confidence}


def _listed(words: Iterable[str]) -> str:
    found = list(words)
    return " or ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
