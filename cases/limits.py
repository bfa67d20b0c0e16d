"""What the survivor asked of us: how to answer, which countries, which lawyers. Shown first, on every case page.

Only answers about contact and permission are taken out of the sealed sections; nothing that was told is among them,
so looking at the limits is not an opening of the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cases import keys
from cases.access import sections_of
from cases.models import Case
from cases.statement import vocab
from cases.statement.wording import is_given
from cases.told import Section
from vault.keyring import Keyring

SECTIONS = ("first", "consent")
ASKED = ("CTC-01", "CNS-01", "CNS-02", "CNS-03")


@dataclass(frozen=True, slots=True)
class Limit:
    """One line: words before, the words that matter, words after."""

    before: str
    strong: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The newest answers to the questions of contact and permission."""

    answers: Section

    @property
    def countries(self) -> list[str]:
        """Countries in which a complaint may be prepared, upper-case codes."""
        return sorted(code.upper() for code in self._value("CNS-02") or [] if len(code) == 2)

    @property
    def was_asked_about_countries(self) -> bool:
        """Was the question about countries seen? Unseen is unknown, not no."""
        return "CNS-02" in self.answers

    @property
    def shares_with_lawyers(self) -> bool:
        """May the case be shared with a partner lawyer who is named first?"""
        return bool(self._value("CNS-03") == "yes")

    @property
    def lines(self) -> list[Limit]:
        """The block under the title of a case."""
        return [self._contact(), self._complaint(), self._lawyers()]

    def _value(self, question_id: str) -> Any:
        return self.answers.get(question_id, {}).get("value")

    def _contact(self) -> Limit:
        channel = self._value("CTC-01")
        if not channel or channel == "code_only":
            return Limit("Answer ", "only here, through the code", ".")
        return Limit("Answer by ", vocab.label("contact_channel", channel, "en"), "; the address is in the account.")

    def _complaint(self) -> Limit:
        if self.countries:
            names = ", ".join(vocab.label("country", code, "en") for code in self.countries)
            return Limit("A complaint may be prepared in ", names, ", nowhere else.")
        if self.was_asked_about_countries:
            return Limit("A complaint: ", "in no country yet", ".")
        return Limit("A complaint: ", "not asked yet", ".")

    def _lawyers(self) -> Limit:
        answer = self._value("CNS-03")
        words = {"yes": "yes, when named to them first", "no": "no", "ask_later": "ask later"}
        nothing = "asked, not answered" if "CNS-03" in self.answers else "not asked yet"
        return Limit("Partner lawyers: ", words.get(answer, nothing), ".")


def limits_of(case: Case, ring: Keyring) -> Limits:
    """Open the answers about contact and permission; a page that was left empty takes no earlier answer back.

    Raises vault.errors.Forged for a record by another hand, NoGrant when a part of the account does not open.
    """
    opened = [each for kind in (keys.IDENTITY, keys.ACCOUNT) for each in keys.open_whole(case, kind, ring)]
    answers: Section = {}
    for version in case.versions.all():
        for section, given in sections_of(version, opened):
            if section in SECTIONS:
                asked = {key: answer for key, answer in given.items() if key in ASKED}
                answers |= {key: answer for key, answer in asked.items() if is_given(answer) or key not in answers}
    return Limits(answers)
