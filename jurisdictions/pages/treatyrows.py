"""The treaties of one State, with dates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jurisdictions.assess.texts import in_words
from jurisdictions.models import Declaration, State, TreatyStatus
from jurisdictions.pages.sources import Sources

STATUS = {
    "party": "party",
    "signatory": "signed only",
    "none": "not a party",
    "withdrawn": "withdrawn",
    "denounced": "denounced",
}
ARTICLES = {
    20: ("Inquiries of the Committee (art. 20)", {"yes": "opted out", "no": "not opted out", "unknown": "unknown"}),
    21: ("Complaints between States (art. 21)", {"yes": "accepted", "no": "not accepted", "unknown": "unknown"}),
    22: ("Complaints of persons (art. 22)", {"yes": "accepted", "no": "not accepted", "unknown": "unknown"}),
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
                name=treaty.label,
                status=STATUS[status.status],
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
        yield TreatyRow(name, words[declaration.value], (), declaration.confidence, doubt)


def _doubt(status: TreatyStatus) -> str:
    if {"status", "withdrawn_on"} & set(status.unverified):
        return "status"
    return "days" if status.unverified else ""


def _days(status: TreatyStatus) -> tuple[str, ...]:
    parts = [
        ("Signed", status.signed_on),
        (status.action.capitalize() or "Deposit", status.deposited_on),
        ("In force since", status.in_force_on),
        ("Until", status.withdrawn_on),
    ]
    return tuple(f"{what} {in_words(day)}" for what, day in parts if day)
