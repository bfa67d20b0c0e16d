"""Further members of the cast, admitted by a lead's keys."""

from people.handing import hand_on
from people.models import Role
from people.organisation import NewPerson, admit
from tests.factories.cast import Cast, Member


def admitted(cast: Cast, login: str, role: Role, team: str = "") -> Member:
    """Make and state a person, and hand on the organisation keys of the role."""
    ring = cast.dana.ring
    one = admit(NewPerson(login, login.title(), role, team), root=ring.team("root").signer, demo=False)
    hand_on(ring)
    return Member(one.person, one.password, one.totp)
