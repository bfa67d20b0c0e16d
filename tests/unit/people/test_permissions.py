"""Who may do what: refused unless a rule says yes."""

import pytest

from people.models import Person, Role
from people.permissions import (
    EVERYBODY,
    LASTING,
    LAW,
    ON_THE_CASE,
    PEOPLE_AND_KEYS,
    ROLES,
    Permission,
    may,
    open_to_all,
)


class Assignments:
    """Stands for a case's assignments."""

    def __init__(self, *people: Person) -> None:
        self.people = people

    def filter(self, person: Person, ended_on: None) -> "Assignments":
        return Assignments(*[each for each in self.people if each == person])

    def exists(self) -> bool:
        return bool(self.people)


class Case:
    """The part of a case that decisions look at."""

    def __init__(self, *people: Person, team: str = "") -> None:
        self.team, self.assignments = team, Assignments(*people)


BEN = Person(login="ben", name="Ben", role=Role.CASEWORKER, team="North")
DANA = Person(login="dana", name="Dana", role=Role.LEAD, team="North")
LENA = Person(login="lena", name="Lena", role=Role.LAWYER)


@pytest.mark.parametrize("permission", list(Permission))
def test_nobody_may_nothing(permission: Permission) -> None:
    assert not may(None, permission)
    assert not may(Person(role=Role.LEAD, is_active=False), permission)
    assert not may(Person(role="cleaner"), permission)


def test_a_lawyer_receives_dossiers_and_works_on_the_law_beside_what_everybody_may() -> None:
    own = {Permission.RECEIVE_DOSSIER, Permission.ANSWER_OFFER, Permission.READ_BRIEF, Permission.KEEP_OFFICE}
    assert {each for each in Permission if may(LENA, each)} == EVERYBODY | LAW | own


@pytest.mark.django_db
def test_an_editor_proposes_and_never_signs() -> None:
    editor = Person(login="edda", name="Edda", role=Role.EDITOR)
    seen = {Permission.SEE_ADMIN, Permission.SEE_REFERENCE}
    assert {each for each in Permission if may(editor, each)} == EVERYBODY | {Permission.PROPOSE_LAW} | seen
    assert not may(BEN, Permission.PROPOSE_LAW)
    assert may(DANA, Permission.SIGN_LAW)


def test_staff_never_receive_dossiers_and_only_leads_decide() -> None:
    assert not may(BEN, Permission.RECEIVE_DOSSIER)
    assert not may(DANA, Permission.RECEIVE_DOSSIER)
    assert may(DANA, Permission.DECIDE_DOSSIER)
    assert not may(BEN, Permission.DECIDE_DOSSIER)


@pytest.mark.parametrize("permission", sorted(ON_THE_CASE, key=lambda each: each.value))
def test_the_account_is_for_assignees_and_leads(permission: Permission) -> None:
    assert may(BEN, permission, Case(BEN))
    assert not may(BEN, permission, Case())
    assert may(DANA, permission, Case()).ok is (permission != Permission.REQUEST_SEALED)
    assert "assigned" in may(BEN, permission, Case()).reason


def test_a_lead_who_holds_share_b_never_asks_for_share_a() -> None:
    assert not may(DANA, Permission.REQUEST_SEALED, Case(DANA))
    assert may(DANA, Permission.DECIDE_SEALED, Case())
    assert not may(BEN, Permission.DECIDE_SEALED, Case(BEN))


@pytest.mark.parametrize("permission", list(Permission))
def test_another_team_is_refused_whatever_the_role(permission: Permission) -> None:
    assert not may(DANA, permission, Case(DANA, team="South"))
    assert not may(BEN, permission, Case(BEN, team="South"))


def test_every_permission_belongs_to_a_role() -> None:
    assert set(Permission) == set().union(*ROLES.values())


def test_open_views_are_marked() -> None:
    assert open_to_all(lambda request: None).open_to_all


@pytest.fixture
def deputy(monkeypatch: pytest.MonkeyPatch) -> Person:
    """An analyst who stands in for the leads today."""
    monkeypatch.setattr(Person, "_is_deputy", lambda person: person.role == Role.ANALYST)
    return Person(login="ania", name="Ania", role=Role.ANALYST, team="North")


def test_a_deputy_decides_as_a_lead(deputy: Person) -> None:
    for permission in (Permission.DECIDE_DOSSIER, Permission.DECIDE_SEALED, Permission.READ_ACCOUNT):
        assert may(deputy, permission, Case())


@pytest.mark.parametrize("permission", sorted(PEOPLE_AND_KEYS | LASTING, key=lambda each: each.value))
def test_a_deputy_has_no_say_over_people_and_keys_and_gets_nothing_that_lasts(
    deputy: Person, permission: Permission
) -> None:
    assert not may(deputy, permission)


def test_a_deputy_keeps_what_the_own_role_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Person, "_is_deputy", lambda person: True)
    officer = Person(role=Role.DATA_PROTECTION, team="North")
    assert may(officer, Permission.EXPORT_HEAD)
    assert not may(officer, Permission.DECIDE_DOSSIER, Case(team="South"))


def test_standing_in_gives_a_lead_nothing_more() -> None:
    assert may(DANA, Permission.ADMIT)
    assert may(DANA, Permission.TAKE_CASE)
