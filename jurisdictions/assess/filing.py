"""Who files, where, in which language and with which formalities. Nothing while a State is held back for safety."""

from typing import Any, NamedTuple

from jurisdictions.assess import texts
from jurisdictions.assess.context import Context
from jurisdictions.assess.parallel import is_running_here
from jurisdictions.assess.safety import is_held_back
from jurisdictions.snapshot import Law, Situation


class Step(NamedTuple):
    """One step. key: code of its text, "" when the file itself is quoted in values["text"]."""

    code: str
    key: str
    source: str
    confidence: str
    values: dict[str, Any]

    def as_dict(self, language: str) -> dict[str, str]:
        """Code, text, source, confidence."""
        text = texts.say(self.key, language, **self.values) if self.key else str(self.values["text"])
        return {"code": self.code, "text": text, "source": self.source, "confidence": self.confidence}


def steps_in(context: Context) -> list[Step]:
    """Next steps in a State; empty when it has no national file, or before its safety check."""
    law = context.national
    if law is None or is_held_back(context.basis.safety, context.facts):
        return []
    place = ", ".join(part for part in (law.authority_name, law.authority_city) if part)
    before = [*_join(context, law), _step("who", f"step_who_{law.victim_can_file}", law)]
    quoted = (("translation", law.translation_note), ("protection", law.protection_note))
    after = [_step(code, "", law, text=text) for code, text in quoted if text]
    return [*before, *_written(place, law), *after]


def steps_before(situation: Situation) -> list[Step]:
    """Next steps before an international court."""
    return [_step("who", "step_who_anybody", situation), *_written(situation.forum_name, situation)]


def _join(context: Context, law: Law) -> list[Step]:
    if is_running_here(context):
        return [_step("join", "step_join_own", law)]
    if context.basis.practice == "open_file" and context.investigated():
        return [_step("join", "step_join_file", law, year=context.basis.practice_year)]
    return []


def _written(place: str, where: Law | Situation) -> list[Step]:
    formalities = [f"{text[:1].upper()}{text[1:]}." for text in where.formalities]
    return [
        _step("authority", "step_authority", where, place=place, channels=where.filing_channels),
        _step("language", "step_language", where, languages=where.filing_languages),
        *(_step("formality", "", where, text=text) for text in formalities),
    ]


def _step(code: str, key: str, where: Law | Situation, **values: Any) -> Step:
    return Step(code, key, next(iter(where.sources), ""), where.confidence, values)
