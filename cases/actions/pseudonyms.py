"""The key table of a case as the team sees it: words that are replaced besides what the answers say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction

from cases import access
from cases.actions.dossiers import require
from cases.dossier.pseudonym.table import WITNESS, Identity, Term
from cases.errors import Refused
from cases.models import Case
from cases.pseudonyms import kept
from cases.pseudonyms.answers import identity_of
from people.models import Person
from people.permissions import Permission, may
from vault import audit
from vault.keyring import Keyring

CHANGED = "pseudonyms.changed"
MOST = 500  # terms of one case


@dataclass(frozen=True, slots=True)
class Table:
    """The whole key table, and those of its terms that the team added: what an answer says cannot be taken out."""

    whole: Identity
    added: frozenset[Term]


@transaction.atomic
def open_table(*, case: Case, by: Person, ring: Keyring) -> Table:
    """The table with what the answers say, for a member who looks at it; recorded as an opening of the account.

    Raises Refused, vault.errors.NoGrant, Forged.
    """
    require(may(by, Permission.REQUEST_DOSSIER, case))
    account = access.open_account(case, by=by, ring=ring, purpose="dossier")
    known = kept.read(case, ring)
    answered = identity_of(Identity(known.code), account)
    return Table(identity_of(known, account), frozenset(known.terms) - frozenset(answered.terms))


@transaction.atomic
def add(*, case: Case, by: Person, ring: Keyring, term: Term) -> None:
    """Add a value that is to be replaced. A witness without a code gets the next one.

    Raises Refused: "many_names" for more than MOST; vault.errors.NoGrant, Forged.
    """
    table = _locked(case, by, ring)
    if len(table.terms) >= MOST:
        raise Refused("many_names")
    added = replace(term, code=term.code or next_witness(table)) if term.kind == WITNESS else term
    _keep(case, by, ring, table.with_terms([added]))


@transaction.atomic
def drop(*, case: Case, by: Person, ring: Keyring, term: Term) -> None:
    """Take out what was added by mistake. What an answer says comes back with the next dossier. Raises as add()."""
    table = _locked(case, by, ring)
    _keep(case, by, ring, replace(table, terms=tuple(each for each in table.terms if each != term)))


def next_witness(table: Identity) -> str:
    """The next code of a witness: W-01 and onwards."""
    codes = [term.code for term in table.of([WITNESS])]
    numbers = [int(code.removeprefix("W-")) for code in codes if code.removeprefix("W-").isdecimal()]
    return f"W-{max(numbers, default=0) + 1:02d}"


def _locked(case: Case, by: Person, ring: Keyring) -> Identity:
    require(may(by, Permission.REQUEST_DOSSIER, case))
    return kept.read(case, ring)


def _keep(case: Case, by: Person, ring: Keyring, table: Identity) -> None:
    kept.keep(case, table, ring)
    audit.record(CHANGED, "case", case.id, by=by.id)
