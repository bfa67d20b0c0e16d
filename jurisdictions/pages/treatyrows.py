"""The treaties of one State, with dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.models import Declaration, State, TreatyStatus
from jurisdictions.pages import reader
from jurisdictions.pages.sources import Sources

UNKNOWN = _("unknown")
STATUS = {
    "party": _("party"),
    "signatory": _("signed only"),
    "none": _("not a party"),
    "withdrawn": _("withdrawn"),
    "denounced": _("denounced"),
}
JOINED = {
    "ratification": _("Ratification %(day)s"),
    "accession": _("Accession %(day)s"),
    "succession": _("Succession %(day)s"),
    "": _("Deposit %(day)s"),
}
ARTICLES = {
    20: (
        _("Inquiries of the Committee (art. 20)"),
        {"yes": _("opted out"), "no": _("not opted out"), "unknown": UNKNOWN},
    ),
    21: (_("Complaints between States (art. 21)"), {"yes": _("accepted"), "no": _("not accepted"), "unknown": UNKNOWN}),
    22: (_("Complaints of persons (art. 22)"), {"yes": _("accepted"), "no": _("not accepted"), "unknown": UNKNOWN}),
}


@dataclass(frozen=True)
class TreatyRow:
    """One line of the treaties table. doubt: "status" or "days" where that is unverified, else empty."""

    name: str
    status: str
    days: tuple[str, ...]
    confidence: str
    doubt: str
    numbers: tuple[int, ...] = ()


def rows(state: State, treaties: Mapping[str, TreatyStatus], sources: Sources) -> tuple[TreatyRow, ...]:
    """Treaties in the order of the model's choices; the declarations follow their Convention."""
    return tuple(_rows(state, treaties, sources))


def _rows(state: State, treaties: Mapping[str, TreatyStatus], sources: Sources) -> Iterator[TreatyRow]:
    for treaty in TreatyStatus.Treaty:
        status = treaties.get(treaty)
        if status is not None:
            numbers = sources.numbers(status.sources) if treaty == TreatyStatus.Treaty.CAT else ()
            yield TreatyRow(
                name=str(treaty.label),
                status=str(STATUS[status.status]),
                days=_days(status),
                confidence=status.confidence,
                doubt=_doubt(status),
                numbers=numbers,
            )
        if treaty == TreatyStatus.Treaty.CAT:
            yield from _declarations(state)


def _declarations(state: State) -> Iterator[TreatyRow]:
    for declaration in Declaration.objects.filter(state=state).order_by("article"):
        name, words = ARTICLES[declaration.article]
        doubt = "status" if declaration.unverified else ""
        yield TreatyRow(str(name), str(words[declaration.value]), (), declaration.confidence, doubt)


def _doubt(status: TreatyStatus) -> str:
    if {"status", "withdrawn_on"} & set(status.unverified):
        return "status"
    return "days" if status.unverified else ""


def _days(status: TreatyStatus) -> tuple[str, ...]:
    parts = [
        (gettext("Signed %(day)s"), status.signed_on),
        (str(JOINED.get(status.action, JOINED[""])), status.deposited_on),
        (gettext("In force since %(day)s"), status.in_force_on),
        (gettext("Until %(day)s"), status.withdrawn_on),
    ]
    return tuple(words % {"day": reader.day(day)} for words, day in parts if day)
