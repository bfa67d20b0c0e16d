"""The conflict check: seven questions, and names that are compared as keyed hashes: neither side reads the other's.

What the lawyer types is compared in the request and forgotten; only whether a name met, and as what, is kept. Hashes of
names can be tried out by whoever holds their key: they are sealed to this lawyer and the team, and gone with the offer.
Source: triage.md 8.2.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from secrets import token_bytes
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.access import OpenedVersion
from cases.spelling import keys
from cases.statement.wording import is_given

QUESTIONS: dict[str, Promise] = {
    "suspect": _("I act or acted for somebody who may be responsible for such acts."),
    "state": _("I act or acted for a Belarusian or Russian state body or company."),
    "witness": _("I am a witness of these events myself."),
    "relative": _("I am related to somebody involved."),
    "opposite": _("I act for another survivor whose interest may be opposed, for example one who acted on orders."),
    "office": _("I hold a political office that may harm the case."),
    "dispute": _("I had a dispute with this organisation."),
}
PERSON, NAMED, WITNESS = "person", "named", "witness"
ROLES: dict[str, Promise] = {
    PERSON: _("the person"),
    NAMED: _("somebody named as responsible"),
    WITNESS: _("a witness"),
}
# Which questions of the catalogue hold whose names.
NAMES: dict[str, tuple[str, ...]] = {
    "IDN-01": (PERSON,), "IDN-02": (PERSON,), "IDN-03": (PERSON,), "PRP-02": (NAMED,), "WIT-02": (WITNESS,),
}  # fmt: skip
WHOLE = ("IDN-01", "IDN-02")  # family name and given names: compared together
DIGEST = 16  # bytes of each hash


@dataclass(frozen=True, slots=True)
class Hashes:
    """The names of a case as keyed hashes, by whose they are. key: 32 bytes, as hexadecimal digits."""

    key: str
    names: dict[str, list[str]]

    @classmethod
    def of(cls, versions: Iterable[OpenedVersion]) -> Hashes:
        """Hash every name in what was opened, with a fresh key; those responsible stand in the sealed part."""
        key, found = token_bytes(32), dict[str, set[str]]()
        for role, name in _names(versions):
            found.setdefault(role, set()).update(_hashes(key, name))
        return cls(key.hex(), {role: sorted(each) for role, each in found.items()})

    def met(self, typed: Iterable[str]) -> list[str]:
        """As what the names in a lawyer's list are in this case, by the codes of ROLES."""
        key = bytes.fromhex(self.key)
        wanted = {each for name in typed for each in _hashes(key, name)}
        return [role for role in ROLES if wanted & set(self.names.get(role, ()))]

    def to_json(self) -> dict[str, Any]:
        """As it is sealed."""
        return {"key": self.key, "names": self.names}


def _hashes(key: bytes, name: str) -> set[str]:
    return {hmac.digest(key, each.encode(), "sha256")[:DIGEST].hex() for each in keys(name)}


def _names(versions: Iterable[OpenedVersion]) -> Iterator[tuple[str, str]]:
    """Every name of every version and card, with whose it is."""
    whole: dict[str, str] = {}
    for version in versions:
        for section in version.sections.values():
            for question, roles in NAMES.items():
                answer = section.get(question)
                if not is_given(answer) or not isinstance((answer or {}).get("value"), str):
                    continue
                text = str((answer or {})["value"])
                whole |= {question: text} if question in WHOLE else {}
                yield from ((role, text) for role in roles)
    if len(whole) == len(WHOLE):
        yield PERSON, _given_and_family(whole)


def _given_and_family(whole: dict[str, str]) -> str:
    """Family name and first given name: few know a patronymic."""
    given = whole["IDN-02"].split()
    return " ".join([whole["IDN-01"], *given[:1]])
