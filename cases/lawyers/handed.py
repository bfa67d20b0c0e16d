"""What a lawyer was handed: the copy of the account, the conditions, the first time limit, as a member signed them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cases.access import Account, OpenedVersion
from cases.errors import NotReady
from cases.exhibits import ExhibitRecord
from cases.lawyers import offers, rooms
from cases.models import Proposal
from cases.told import Section
from people.recipients import STAFF
from vault.directory import statement_for
from vault.keyring import Keyring
from vault.models import KeyPair

ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Brief:
    """What a lawyer holds. limits: lines as (before, strong, after); on: the day on which the copy was made.

    deadline: of the first route in the country, {"date", "kind"} as the assessment says, None without a route.
    """

    account: Account
    corrections: frozenset[int]
    limits: list[list[str]]
    summary: str
    language: str
    country: str
    on: str
    deadline: dict[str, Any] | None = None
    facts: dict[str, Any] | None = None  # as they were confirmed; None in copies of before they were handed over


def read(proposal: Proposal, ring: Keyring) -> Brief:
    """The newest copy. Raises NotReady("brief") before it was handed over, vault.errors.NoGrant, Forged."""
    found = rooms.signed(proposal, ring, ACCOUNT)
    if found is None:
        raise NotReady("brief")
    value, content = found
    statement_for(value.signer, {KeyPair.Use.PERSON}, value.made_on, roles=STAFF)
    offer = offers.offer_of(proposal, ring)
    versions = [_opened_version(each) for each in content["versions"]]
    exhibits = [ExhibitRecord.from_json(each) for each in content["exhibits"]]
    return Brief(
        Account(versions, exhibits), frozenset(content["corrections"]), content["limits"], offer["summary"],
        offer["language"], offer["country"], content["on"], content.get("deadline"), content.get("facts"),
    )  # fmt: skip


def _opened_version(content: dict[str, Any]) -> OpenedVersion:
    sections: dict[str, Section] = content["sections"]
    return OpenedVersion(
        UUID(content["id"]), content["number"], content["catalogue"], content["language"],
        date.fromisoformat(content["sent_on"]), sections,
    )  # fmt: skip
