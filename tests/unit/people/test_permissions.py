"""Who may do what: refused unless a rule says yes."""

import pytest

from people.models import Person, Role
from people.permissions import ON_THE_CASE, ROLES, Permission, may, open_to_all


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


def test_a_lawyer_may_one_thing() -> None:
    assert {each for each in Permission if may(LENA, each)} == {Permission.RECEIVE_DOSSIER}


def test_staff_never_receive_dossiers_and_only_leads_decide() -> None:
    assert not may(BEN, Permission.RECEIVE_DOSSIER)
    assert not may(DANA, Permission.RECEIVE_DOSSIER)
    assert may(DANA, Permission.DECIDE_DOSSIER)
    assert not may(BEN, Permission.DECIDE_DOSSIER)


@pytest.mark.parametrize("permission", sorted(ON_THE_CASE, key=lambda each: each.value))
def test_the_account_is_for_assignees_and_leads(permission: Permission) -> None:
    assert may(BEN, permission, Case(BEN))
    assert not may(BEN, permission, Case())
    assert may(DANA, permission, Case())
    assert "assigned" in may(BEN, permission, Case()).reason


@pytest.mark.parametrize("permission", list(Permission))
def test_another_team_is_refused_whatever_the_role(permission: Permission) -> None:
    assert not may(DANA, permission, Case(DANA, team="South"))
    assert not may(BEN, permission, Case(BEN, team="South"))


def test_every_permission_belongs_to_a_role() -> None:
    assert set(Permission) == set().union(*ROLES.values())


def test_open_views_are_marked() -> None:
    assert open_to_all(lambda request: None).open_to_all
