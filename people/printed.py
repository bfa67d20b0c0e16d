"""What the founding ceremony prints, once: for people, or as one JSON object."""

import json

from people.organisation import NEEDED, Credentials, Founded

EXISTS = "The demo organisation exists. Its passwords were shown when it was made and are stored nowhere."


def as_text(founded: Founded, *, demo: bool) -> str:
    """A page to print or copy: people, then recovery shares, then the root's fingerprint."""
    mark = "DEMO. Invented people; never for real accounts. " if demo else ""
    lines = [f"{mark}Shown once and stored nowhere: write it down now.", ""]
    for one in founded.people:
        lines += [*_person(one, demo=demo), ""]
    lines += [f"Recovery shares, one for each custodian; any {NEEDED} open:"]
    lines += [f"  {number}. {share}" for number, share in enumerate(founded.recovery_shares, 1)]
    lines += ["", f"Root fingerprint: {founded.root_fingerprint.hex()}"]
    if not founded.is_written:
        lines += ["It could not be written beside the secrets: set PORTAL_ROOT_FINGERPRINT to it."]
    return "\n".join(lines)


def as_json(founded: Founded) -> str:
    """The same as one JSON object."""
    people = [
        {
            "name": one.person.name,
            "role": one.person.role,
            "login": one.person.login,
            "password": one.password,
            "totp": one.secret,
            "uri": one.uri,
        }
        for one in founded.people
    ]
    return json.dumps(
        {
            "exists": False,
            "people": people,
            "recovery_shares": founded.recovery_shares,
            "root_fingerprint": founded.root_fingerprint.hex(),
        }
    )


def _person(one: Credentials, *, demo: bool) -> list[str]:
    return [
        f"{one.person.name}, {one.person.get_role_display()}{' (demo)' if demo else ''}",
        f"  login     {one.person.login}",
        f"  password  {one.password}",
        f"  code      {one.secret}",
        f"            {one.uri}",
    ]
