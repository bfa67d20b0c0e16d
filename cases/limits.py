"""What the survivor asked of us: how to answer, which countries, which lawyers. Shown first, on every case page.

Only answers about contact, permission and who tells it are taken out of the sealed sections; nothing that was told is
among them, so looking at the limits is not an opening of the account.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cases import handwords, records, wording
from cases.access import open_epochs, sections_of
from cases.asked import Asked, Said, asked_in
from cases.hands import Hands
from cases.handwords import AGREES, NOT_ASKED, TELLER
from cases.limit_words import ADDRESSED, AGREED, FOR_ANOTHER, WORRIES, Limit, line
from cases.models import Case, StatementVersion
from cases.permission import COUNTRIES, COURT, LAWYERS, READING, SCOPES, is_withdrawn, outcome
from cases.said import CALL
from cases.statement import vocab
from cases.statement.wording import is_given
from cases.told import Section
from jurisdictions.pages import reader
from jurisdictions.pages.reader import day
from vault.heads import settled
from vault.keyring import Keyring
from vault.opened import Opened

SECTIONS = ("first", "safety", "you", "consent")
WRITES_IN, FORM = "LNG-01", "LNG-05"  # in which language to write, and in which form to address
ICC = "ICC"
ASKED = ("CTC-01", WRITES_IN, FORM, TELLER, AGREES, *SCOPES)


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

    def allows(self, forum: str) -> bool:
        """May something be prepared for this forum: a country by its code, or the Court?"""
        return forum in self.countries if len(forum) == 2 else forum == ICC and self.court is True

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
            found.append(line(_("*They wanted no number*; letters that are written here reach nobody.")))
        if asked.closed_on:
            words = _("Their number was *closed on %(day)s*; letters do not reach the person any more.")
            found.append(line(words, day=day(asked.closed_on)))
        if asked.erasing_on and asked.erasing_by:
            words = _("Asked on %(day)s: *erase everything*. An answer is due by %(until)s.")
            found.append(line(words, day=day(asked.erasing_on), until=day(asked.erasing_by)))
        if worried := [each for each in asked.sent if each.feels in CALL]:
            found.append(line(WORRIES[worried[-1].feels], day=day(worried[-1].on)))
        if corrected := [each for each in asked.sent if each.corrects]:
            words = _(
                "They *corrected the account* with version %(version)s on %(day)s. "
                "What was sent before stands beside it."
            )
            found.append(line(words, version=str(corrected[-1].version), day=day(corrected[-1].on)))
        if self.is_over:
            found.append(line(_("*Stop: every permission was taken back*. Nothing goes outside.")))
        return found

    def _helper(self) -> list[Limit]:
        """What comes first when somebody else tells it: whether the person agrees, and how they are kept safe."""
        return [line(FOR_ANOTHER[self._value(AGREES)])] if self.helper and self._value(AGREES) in FOR_ANOTHER else []

    def _taken_back(self) -> list[Limit]:
        """What they agreed to once, or never, and have taken back."""
        words = [str(SCOPES[each]) for each in SCOPES if is_withdrawn(self.answers.get(each))]
        is_told = bool(words) and not self.is_over
        return [line(_("Taken back: *%(permissions)s*."), permissions="; ".join(words))] if is_told else []

    def _to_ask(self) -> list[Limit]:
        """Permissions that were given in a wording that no native speaker has signed off (statement.md 0.2)."""
        newest = {each.scope: each for each in self.asked.history()}
        agreed = [each for each in newest.values() if each.outcome == "yes" and each.scope != READING]
        drafts = [each for each in agreed if not each.is_reviewed]
        words = "; ".join(str(SCOPES[each]) for each in SCOPES if each in {said.scope for said in drafts})
        said = _(
            "Ask again before filing: *%(permissions)s*. The wording (%(wordings)s) was checked by no native speaker."
        )
        return [line(said, permissions=words, wordings=_wordings(drafts))] if drafts else []

    def _contact(self) -> Limit:
        channel = self._value("CTC-01")
        is_by_number = not channel or channel == "code_only"
        if is_by_number and not self.has_number:
            return line(_("Answer: *no way was left*."))
        if is_by_number:
            return line(_("Answer *only here, through the code*."))
        way = vocab.label("contact_channel", channel, reader.language())
        return line(_("Answer by *%(way)s*; the address is in the account."), way=way)

    def _address(self) -> list[Limit]:
        """In which form and language to write to them, as far as they said."""
        found = []
        if self.form in ADDRESSED:
            found.append(line(ADDRESSED[self.form]))
        if self.language:
            own = self.answers[WRITES_IN].get("other")
            found.append(line(_("Write to them in *%(language)s*."), language=own or wording.language(self.language)))
        return found

    def _complaint(self) -> Limit:
        if self.countries:
            countries = ", ".join(vocab.label("country", code, reader.language()) for code in self.countries)
            return line(_("A complaint may be prepared in *%(countries)s*, nowhere else."), countries=countries)
        if is_withdrawn(self.answers.get(COUNTRIES)):
            return line(_("A complaint: *nowhere, the permission was taken back*."))
        if self.was_asked_about_countries:
            return line(_("A complaint: *in no country yet*."))
        return line(_("A complaint: *not asked yet*."))

    def _lawyers(self) -> Limit:
        answer = self._value("CNS-03")
        if answer in AGREED:
            return line(AGREED[answer])
        if is_withdrawn(self.answers.get(LAWYERS)):
            return line(_("Partner lawyers: *no, the permission was taken back*."))
        if "CNS-03" in self.answers:
            return line(_("Partner lawyers: *asked, not answered*."))
        return line(_("Partner lawyers: *not asked yet*."))


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
    return ", ".join(sorted({f"{wording.language(each.language)} {each.catalogue}" for each in said}))
