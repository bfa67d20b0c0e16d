"""People who come by an invitation, without the pages: invite, join, read the words out, admit."""

from __future__ import annotations

from secrets import token_bytes

from people import joining, renewing, setup, spoken
from people.models import Invitation, Person
from tests.factories.cast import TEAM, Member

PASSWORD = "correct horse battery staple"  # long enough and invented


def invited(by: Member, login: str = "eva", role: str = "caseworker", team: str = TEAM) -> tuple[Invitation, str]:
    """An invitation and the token of its link."""
    return joining.invite(login=login, name=login.title(), role=role, team=team, by=by.person)


def joined(token: str, password: str = PASSWORD) -> tuple[Invitation, Member]:
    """Whoever holds the link has made keys."""
    secret = token_bytes(setup.SECRET_BYTES)
    row = joining.join(token=token, password=password, secret=secret)
    assert row.person is not None
    return row, Member(row.person, password, secret)


def words_of(invitation: Invitation) -> str:
    """What is read out on the telephone."""
    row = Invitation.objects.select_related("pair").get(id=invitation.id)
    assert row.pair is not None
    return " ".join(spoken.words_of(row.pair))


def admitted(by: Member, login: str = "eva", role: str = "caseworker", team: str = TEAM) -> Member:
    """Somebody who came all the way in. A lead's invitation."""
    row, member = joined(invited(by, login, role, team)[1])
    person = joining.admit(
        invitation=row, by=by.person, ring=by.ring, typed=words_of(row), role=role, is_intake=role == "caseworker"
    )
    return Member(person, member.password, member.totp)


def renewed(member: Member, by: Member, kind: str = "lost") -> tuple[Member, renewing.Renewed]:
    """A member with new keys, and what came of giving them what the old ones had."""
    row, fresh = joined(renewing.start(person=member.person, kind=kind, by=by.person)[1], "another staple of horses")
    done = renewing.admit(invitation=row, by=by.person, ring=by.ring, typed=words_of(row))
    return Member(again(member), fresh.password, fresh.totp), done


def again(member: Member) -> Person:
    """The person as the database has it now."""
    return Person.objects.select_related("pair").get(id=member.person.id)
