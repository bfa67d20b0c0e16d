"""Rows from a national file: the rules of a case, and how a complaint is filed."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.models import NationalLaw
from jurisdictions.pages import reader
from jurisdictions.pages.rows import Row
from jurisdictions.pages.sources import Sources
from jurisdictions.pages.words import Statement

EXISTS = {
    "yes": _("There is an offence of torture"),
    "partial": _("There is no full offence of torture"),
    "no": _("There is no offence of torture"),
}
APPEAL = {
    "yes": _("A refusal can be appealed."),
    "no": _("A refusal cannot be appealed."),
    "unknown": _("Whether a refusal can be appealed is unknown."),
}
FILE = {
    "yes": _("The survivor can file a complaint."),
    "no": _("The survivor cannot file a complaint."),
    "unknown": _("Whether the survivor can file a complaint is unknown."),
}
TORTURE = {"none": _("Torture: does not lapse."), "unknown": _("Torture: unknown.")}
CAH = {
    "none": _("Crimes against humanity: do not lapse."),
    "unknown": _("Crimes against humanity: unknown."),
}
FREEDOM = {
    "mandatory": _("Duty or freedom to act: mandatory."),
    "discretionary": _("Duty or freedom to act: discretionary."),
    "mixed": _("Duty or freedom to act: mixed."),
    "unknown": _("Duty or freedom to act: unknown."),
}


def offence(law: NationalLaw, sources: Sources) -> tuple[Row, ...]:
    """The offence itself, immunity, and how free the prosecutor is."""
    return tuple(_rows(law, sources, _offence(law)))


def time(law: NationalLaw, sources: Sources) -> tuple[Row, ...]:
    """When prosecution lapses."""
    return tuple(_rows(law, sources, _time(law)))


def role(law: NationalLaw, sources: Sources) -> tuple[Row, ...]:
    """What the survivor can do in the case, and what helps."""
    return tuple(_rows(law, sources, _role(law)))


def filing(law: NationalLaw, sources: Sources) -> tuple[Row, ...]:
    """Authority, channels, languages, formalities."""
    authority = Row(
        label=gettext("Authority"),
        statements=tuple(_authority(law)),
        confidence=law.confidence,
        numbers=sources.numbers(_used(law, "authority")),
        own=law.authority_local,
        lang=law.filing_languages[0] if len(law.filing_languages) == 1 else "",
    )
    return (authority, *_rows(law, sources, _filing(law)))


def _rows(law: NationalLaw, sources: Sources, parts: Iterable[tuple[str, str, list[str]]]) -> Iterator[Row]:
    for label, key, sentences in parts:
        if sentences := [sentence for sentence in sentences if sentence]:
            yield Row(
                label=label,
                statements=tuple(Statement(sentence, doubted(law, key)) for sentence in sentences),
                confidence=law.confidence,
                numbers=sources.numbers(_used(law, key)),
            )


def doubted(law: NationalLaw, key: str) -> bool:
    """Whether a sentence of the file's `unverified` list names this key of the file."""
    return any(key in sentence for sentence in law.unverified)


def _used(law: NationalLaw, key: str) -> list[str]:
    """Sources that the file says it used for this key."""
    return [source.url for source in law.state.law_sources.all() if key in source.used_for]


def _offence(law: NationalLaw) -> Iterator[tuple[str, str, list[str]]]:
    offence = f"{EXISTS[law.torture_exists]}: {law.torture_provision}."
    yield gettext("Offence"), "torture_offence", [offence, law.torture_note]
    yield gettext("Prosecutor"), "prosecutor_discretion", [_freedom(law)]
    yield gettext("Immunity"), "immunity_note", [law.immunity_note]


def _time(law: NationalLaw) -> Iterator[tuple[str, str, list[str]]]:
    after = gettext("Torture: lapses after %(time)s.") % {"time": law.limitation_torture}
    torture = TORTURE.get(law.limitation_torture, after)
    after = gettext("Crimes against humanity: lapse after %(time)s.") % {"time": law.limitation_cah}
    crimes = CAH.get(law.limitation_cah, after)
    yield (
        gettext("Time limits"),
        "limitation",
        [f"{torture} {crimes}", _stopped(law.limitation_provision), law.limitation_note],
    )


def _role(law: NationalLaw) -> Iterator[tuple[str, str, list[str]]]:
    joins = gettext("Joins the case as %(role)s") % {"role": law.victim_joins_as} if law.victim_joins_as else ""
    role = [str(FILE[law.victim_can_file]), _stopped(joins), str(APPEAL[law.victim_appeal])]
    yield gettext("Survivor's role"), "victim_role", [*role, _stopped(law.victim_provision)]
    yield gettext("Legal aid"), "legal_aid_note", [law.legal_aid_note]
    yield gettext("Support and protection"), "psychosocial_or_protection_note", [law.protection_note]


def _authority(law: NationalLaw) -> Iterator[Statement]:
    whole = any(sentence.startswith("authority details") for sentence in law.unverified)
    yield Statement(f"{law.authority_name}, {law.authority_city}.", whole or doubted(law, "authority.name"))
    if law.authority_unit:
        yield Statement(_stopped(law.authority_unit), whole or doubted(law, "authority.unit"))
    if law.authority_website:
        yield Statement(law.authority_website, whole or doubted(law, "authority.website"))


def _filing(law: NationalLaw) -> Iterator[tuple[str, str, list[str]]]:
    yield gettext("Channels"), "filing_channels", [_stopped(reader.capital(", ".join(law.filing_channels)))]
    yield gettext("Languages"), "filing_languages", [_stopped(reader.languages_of(law.filing_languages))]
    yield gettext("Translation"), "translation_note", [law.translation_note]
    yield gettext("Formalities"), "formalities", [_stopped(reader.capital(item)) for item in law.formalities]


def _stopped(text: str) -> str:
    return f"{text.rstrip('.')}." if text else ""


def _freedom(law: NationalLaw) -> str:
    known = FREEDOM.get(law.discretion)
    return str(known) if known else gettext("Duty or freedom to act: %(words)s.") % {"words": law.discretion}
