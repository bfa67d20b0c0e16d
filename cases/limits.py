"""What the survivor asked of us: how to answer, which countries, which lawyers. Shown first, on every case page.

Only answers about contact, permission and who tells it are taken out of the sealed sections; nothing that was told is
among them, so looking at the limits is not an opening of the account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cases import handwords, records
from cases.access import open_epochs, sections_of
from cases.asked import Asked, Said, asked_in
from cases.dossier import names
from cases.hands import Hands
from cases.handwords import AGREES, NOT_ASKED, TELLER
from cases.models import Case, StatementVersion
from cases.permission import COUNTRIES, COURT, LAWYERS, READING, SCOPES, is_withdrawn, outcome
from cases.said import CALL
from cases.statement import vocab
from cases.statement.wording import is_given
from cases.told import Section
from vault.heads import settled
from vault.keyring import Keyring
from vault.opened import Opened

SECTIONS = ("first", "safety", "you", "consent")
WRITES_IN, FORM = "LNG-01", "LNG-05"  # in which language to write, and in which form to address
ADDRESSED = {"neutral": "neutrally", "she": "as a woman", "he": "as a man", "they": "in the plural"}
ASKED = ("CTC-01", WRITES_IN, FORM, TELLER, AGREES, *SCOPES)


@dataclass(frozen=True, slots=True)
class Limit:
    """One line: words before, the words that matter, words after."""

    before: str
    strong: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """The newest answers to the questions of contact and permission, and what was asked on the own page.

    has_number: can the person come back to read a letter?
    """

    answers: Section
    asked: Asked = field(default_factory=Asked)
    has_number: bool = True

    @property
    def language(self) -> str:
        """The language in which they want letters, "" when they did not say."""
        return str(self._value(WRITES_IN) or "")

    @property
    def form(self) -> str:
        """How they want to be addressed: a code of the list address_form, or ""."""
        return str(self._value(FORM) or "")

    @property
    def is_over(self) -> bool:
        """Was the permission to read and answer taken back?"""
        return is_withdrawn(self.answers.get(READING))

    @property
    def countries(self) -> list[str]:
        """Countries in which a complaint may be prepared, upper-case codes."""
        return sorted(code.upper() for code in self._value("CNS-02") or [] if len(code) == 2)

    @property
    def was_asked_about_countries(self) -> bool:
        """Was the question about countries seen? Unseen is unknown, not no."""
        return "CNS-02" in self.answers

    @property
    def court(self) -> bool | None:
        """May the Prosecutor of the International Criminal Court get the account? None: not asked, or later."""
        if is_withdrawn(self.answers.get(COURT)):
            return False
        return {"yes": True, "no": False}.get(outcome(COURT, self.answers.get(COURT)))

    @property
    def shares_with_lawyers(self) -> bool:
        """May the case be shared with a partner lawyer who is named first?"""
        return bool(self._value("CNS-03") == "yes")

    @property
    def lines(self) -> list[Limit]:
        """The block under the title of a case."""
        first = [*self._ended(), *self._helper()]
        rest = [*self._taken_back(), *self._to_ask()]
        return [*first, self._contact(), *self._address(), self._complaint(), self._lawyers(), *rest]

    @property
    def helper(self) -> str:
        """Who tells it for the person, in words, or ""."""
        return handwords.helper(self.answers.get(TELLER), self.answers.get(AGREES))

    @property
    def is_without_mandate(self) -> bool:
        """Does a helper tell it who has not asked the person? Then nothing more is asked, and nothing goes outside."""
        return bool(self.helper) and self._value(AGREES) == NOT_ASKED

    def _value(self, question_id: str) -> Any:
        return self.answers.get(question_id, {}).get("value")

    def _ended(self) -> list[Limit]:
        """What comes before everything else."""
        asked, found = self.asked, []
        if not self.has_number:
            found.append(Limit("", "They wanted no number", "; letters that are written here reach nobody."))
        if asked.closed_on:
            words = "; letters do not reach the person any more."
            found.append(Limit("Their number was ", f"closed on {_day(asked.closed_on)}", words))
        if asked.erasing_on and asked.erasing_by:
            words = f"Asked on {_day(asked.erasing_on)}: "
            found.append(Limit(words, "erase everything", f". An answer is due by {_day(asked.erasing_by)}."))
        if worried := [each for each in asked.sent if each.feels in CALL]:
            words = {"not_well": "not well", "want_call": "they want a call"}[worried[-1].feels]
            after = f", said after sending on {_day(worried[-1].on)}. Call within one working day, if they allow calls."
            found.append(Limit("How they were: ", words, after))
        if corrected := [each for each in asked.sent if each.corrects]:
            newest = corrected[-1]
            after = f" with version {newest.version} on {_day(newest.on)}. What was sent before stands beside it."
            found.append(Limit("They ", "corrected the account", after))
        if self.is_over:
            found.append(Limit("", "Stop: every permission was taken back", ". Nothing goes outside."))
        return found

    def _helper(self) -> list[Limit]:
        """What comes first when somebody else tells it: whether the person agrees, and how they are kept safe."""
        return [FOR_ANOTHER[self._value(AGREES)]] if self.helper and self._value(AGREES) in FOR_ANOTHER else []

    def _taken_back(self) -> list[Limit]:
        """What they agreed to once, or never, and have taken back."""
        words = [str(SCOPES[each]) for each in SCOPES if is_withdrawn(self.answers.get(each))]
        return [Limit("Taken back: ", "; ".join(words), ".")] if words and not self.is_over else []

    def _to_ask(self) -> list[Limit]:
        """Permissions that were given in a wording that no native speaker has signed off (statement.md 0.2)."""
        newest = {each.scope: each for each in self.asked.history()}
        agreed = [each for each in newest.values() if each.outcome == "yes" and each.scope != READING]
        drafts = [each for each in agreed if not each.is_reviewed]
        words = "; ".join(str(SCOPES[each]) for each in SCOPES if each in {said.scope for said in drafts})
        said = f". The wording ({_wordings(drafts)}) was checked by no native speaker."
        return [Limit("Ask again before filing: ", words, said)] if drafts else []

    def _contact(self) -> Limit:
        channel = self._value("CTC-01")
        is_by_number = not channel or channel == "code_only"
        if is_by_number and not self.has_number:
            return Limit("Answer: ", "no way was left", ".")
        if is_by_number:
            return Limit("Answer ", "only here, through the code", ".")
        return Limit("Answer by ", vocab.label("contact_channel", channel, "en"), "; the address is in the account.")

    def _address(self) -> list[Limit]:
        """In which form and language to write to them, as far as they said."""
        found = []
        if self.form in ADDRESSED:
            found.append(Limit("Address them ", ADDRESSED[self.form], "."))
        if self.language:
            own = self.answers[WRITES_IN].get("other")
            found.append(Limit("Write to them in ", own or names.language(self.language), "."))
        return found

    def _complaint(self) -> Limit:
        if self.countries:
            names = ", ".join(vocab.label("country", code, "en") for code in self.countries)
            return Limit("A complaint may be prepared in ", names, ", nowhere else.")
        if is_withdrawn(self.answers.get(COUNTRIES)):
            return Limit("A complaint: ", "nowhere, the permission was taken back", ".")
        if self.was_asked_about_countries:
            return Limit("A complaint: ", "in no country yet", ".")
        return Limit("A complaint: ", "not asked yet", ".")

    def _lawyers(self) -> Limit:
        answer = self._value("CNS-03")
        words = {"yes": "yes, when named to them first", "no": "no", "ask_later": "ask later"}
        nothing = "asked, not answered" if "CNS-03" in self.answers else "not asked yet"
        if is_withdrawn(self.answers.get(LAWYERS)):
            nothing = "no, the permission was taken back"
        return Limit("Partner lawyers: ", words.get(answer, nothing), ".")


FOR_ANOTHER = {  # by the answer whether the person agrees (statement.md 17, triage.md 4)
    NOT_ASKED: Limit("A helper tells this: ", "the person was not asked", ". Seek their word first; ask for no story."),
    "detained": Limit("The person is ", "in detention", ". Nothing public; look at the safety of the family first."),
    "missing": Limit("The person is ", "missing", ". Ask the helper who searches already; write no name outside."),
    "dead": Limit("The person ", "died", ". Close family speaks; ask who of them, and in what order they want."),
    "child": Limit("It is about ", "a child", ". What the child wants counts; a lead for children looks first."),
}


def limits_of(case: Case, ring: Keyring) -> Limits:
    """Open the answers about contact and permission; a page that was left empty takes no earlier answer back.

    Raises vault.errors.Forged for a record that is missing, old or by another hand, NoGrant when a part of the account
    does not open.
    """
    return settled(case.id, lambda: _read(case, ring))


def _read(case: Case, ring: Keyring) -> Limits:
    (messages, opened), versions = open_epochs(case, ring), list(case.versions.all())
    records.require_rows(opened, "statement", [row.id for row in versions])
    hands = Hands.of(case, messages)
    return Limits(_newest(versions, opened, hands), asked_in(case, messages), hands.has_number)


def newest_answers(case: Case, ring: Keyring, wanted: Collection[str]) -> Section:
    """The newest answers to some questions, whatever section they stand in; not those of `sealed`.

    For questions of contact, language and permission, whose reading is no opening of the account. Raises like
    limits_of().
    """
    return settled(case.id, lambda: _answers(case, ring, wanted))


def _answers(case: Case, ring: Keyring, wanted: Collection[str]) -> Section:
    (messages, opened), versions = open_epochs(case, ring), list(case.versions.all())
    records.require_rows(opened, "statement", [row.id for row in versions])
    return _newest(versions, opened, Hands.of(case, messages), wanted, ())


def _newest(
    versions: Iterable[StatementVersion], opened: list[Opened], hands: Hands, wanted: Collection[str] = ASKED,
    sections: Collection[str] = SECTIONS,
) -> Section:  # fmt: skip
    """sections: only these, or any if there is none."""
    answers: Section = {}
    for version in versions:
        for section, given in sections_of(version, opened, hands):
            if not sections or section in sections:
                asked = {key: answer for key, answer in given.items() if key in wanted}
                answers |= {key: answer for key, answer in asked.items() if is_given(answer) or key not in answers}
    return answers


def _wordings(said: Iterable[Said]) -> str:
    """The languages and versions in which something was asked."""
    return ", ".join(sorted({f"{names.language(each.language)} {each.catalogue}" for each in said}))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
