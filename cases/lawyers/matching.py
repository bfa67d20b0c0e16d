"""In which order lawyers are looked at for a case: hard conditions first, then what speaks for each, in words.

Source: triage.md 8.2. Nothing here is a score of a person, and nobody is chosen by it: a member names one lawyer, a
lead agrees, and the survivor says yes, no or another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.limits import newest_answers
from cases.models import Case, LawyerRecord, Proposal
from people.models import Role
from people.recipients import recipient_of
from vault.errors import Unstated
from vault.keyring import Keyring
from vault.models import today

BAR_DAYS = 365  # then the register of the bar is looked into again
EXPERIENCE: dict[str, str | Promise] = {
    "crimes": _("international crimes"),
    "asylum": _("asylum"),
    "trauma": _("people after trauma"),
    "minors": _("minors"),
    "svg": _("sexual violence"),
}
SPOKEN, INTERPRETER, GENDER, EXCLUDED, COUNTRIES = "LNG-02", "LNG-03", "LNG-07", "REP-05", "CNS-02"
WISHES = (SPOKEN, INTERPRETER, GENDER, EXCLUDED, COUNTRIES)
LATE = (Proposal.State.REFUSED, Proposal.State.CONFLICT, Proposal.State.DECLINED, Proposal.State.LAPSED)
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person said that bears on a lawyer. states: where a complaint may be prepared, upper-case codes.

    spoken: languages; gender: "woman", "man" or ""; excluded: who must not be involved, in the person's own words.
    """

    states: frozenset[str] = frozenset()
    spoken: frozenset[str] = frozenset()
    gender: str = ""
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class Lawyer:
    """A lawyer as matching sees one."""

    record: LawyerRecord
    open_cases: int
    has_key: bool
    was_named: bool = False  # to this person, and it came to nothing

    @property
    def states(self) -> frozenset[str]:
        """Where admitted."""
        return codes(self.record.states)

    @property
    def languages(self) -> frozenset[str]:
        """Spoken."""
        return codes(self.record.languages)

    @property
    def free(self) -> int:
        """How many more cases."""
        return max(0, self.record.cases_at_most - self.open_cases)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One lawyer for one case. against: why not, empty when it may be; speaks_for: what speaks for it."""

    lawyer: Lawyer
    against: tuple[Words, ...] = ()
    speaks_for: tuple[Words, ...] = ()
    order: tuple[object, ...] = field(default=(), repr=False)


def codes(text: str) -> frozenset[str]:
    """The codes of a column."""
    return frozenset(each for each in text.split(",") if each)


def ranked(wishes: Wishes, lawyers: Iterable[Lawyer], on: date) -> list[Candidate]:
    """Everybody, who may be first: by language, experience, room, and the name."""
    found = [_candidate(wishes, each, on) for each in lawyers]
    return sorted(found, key=lambda each: each.order)


def wishes_of(case: Case, ring: Keyring) -> Wishes:
    """Read what bears on a lawyer from the newest answers; that is no opening of the account."""
    answers = newest_answers(case, ring, WISHES)

    def value(question: str) -> object:
        return answers.get(question, {}).get("value")

    spoken, countries = value(SPOKEN) or [], value(COUNTRIES) or []
    gender = str(value(GENDER) or "")
    assert isinstance(spoken, list)
    assert isinstance(countries, list)
    return Wishes(
        frozenset(code.upper() for code in countries if len(code) == 2), frozenset(spoken) | {case.language},
        gender if gender in LawyerRecord.Gender.values else "", str(value(EXCLUDED) or ""),
    )  # fmt: skip


def lawyers_for(case: Case) -> list[Lawyer]:
    """Every lawyer with a record."""
    named = set(case.proposals.filter(state__in=LATE).values_list("lawyer", flat=True))
    rows = LawyerRecord.objects.filter(person__is_active=True).select_related("person__pair", "bar_checked_by")
    busy: dict[object, int] = {}
    for lawyer in Proposal.objects.filter(state__in=Proposal.OPEN).values_list("lawyer", flat=True):
        busy[lawyer] = busy.get(lawyer, 0) + 1
    return [Lawyer(row, busy.get(row.person_id, 0), _has_key(row), row.person_id in named) for row in rows]


def bar_is_fresh(record: LawyerRecord, on: date) -> bool:
    """Did somebody else look into the register of the bar within a year?"""
    return record.bar_checked_on is not None and record.bar_checked_on >= on - timedelta(days=BAR_DAYS)


def _candidate(wishes: Wishes, lawyer: Lawyer, on: date) -> Candidate:
    against = tuple(_against(wishes, lawyer, on))
    direct = bool(wishes.spoken & lawyer.languages)
    experience = [EXPERIENCE[each] for each in EXPERIENCE if each in codes(lawyer.record.experience)]
    for_it: list[Words] = [_("Speaks a language of the person.")] if direct else []
    if wishes.gender and lawyer.record.gender == wishes.gender:
        for_it.append(
            _("As the person wished: a woman.") if wishes.gender == "woman" else _("As the person wished: a man.")
        )
    for_it += [_("Experience with %(what)s.") % {"what": each} for each in experience]
    order = (
        bool(against),
        not direct,
        _misses_wish(wishes, lawyer),
        -len(experience),
        -lawyer.free,
        lawyer.record.person.name,
    )
    return Candidate(lawyer, against, tuple(for_it), order)


def _misses_wish(wishes: Wishes, lawyer: Lawyer) -> bool:
    return bool(wishes.gender) and lawyer.record.gender != wishes.gender


def _against(wishes: Wishes, lawyer: Lawyer, on: date) -> Iterable[Words]:
    record = lawyer.record
    if record.status != LawyerRecord.Status.ACTIVE:
        yield _("Takes no cases now.")
    if not wishes.states & lawyer.states:
        yield _("Not admitted where the person agreed to a complaint.")
    if not bar_is_fresh(record, on):
        yield _("Nobody looked into the register of the bar within a year.")
    if not lawyer.has_key:
        yield _("The key is not in the directory: a lead admits it first.")
    if not lawyer.free:
        yield _("Has no room for another case.")
    if lawyer.was_named:
        yield _("Was named for this case before, and it came to nothing.")


def _has_key(record: LawyerRecord) -> bool:
    try:
        return recipient_of(record.person, {Role.LAWYER}) is not None
    except Unstated:
        return False


def is_near(record: LawyerRecord) -> bool:
    """Does the look into the register of the bar come due within a month?"""
    return not bar_is_fresh(record, today() + timedelta(days=30))
