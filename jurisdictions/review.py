"""Change one value of the law: one person proposes it with a source, another signs it or refuses it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext
from simple_history.utils import bulk_update_with_history

from jurisdictions import models
from jurisdictions.load.changes import REVIEW, Hand, apply
from jurisdictions.load.current import current
from jurisdictions.load.problems import BadFile
from jurisdictions.load.signed import known, overlay, signatures
from jurisdictions.load.tables import KEYS, Tables
from jurisdictions.load.values import Place, columns, of_row, read_key, state_of, written

State = models.Proposal.State


class NotDone(ValueError):
    """Something that a reviewer wanted is refused; the text says why and may be shown."""


@dataclass(frozen=True, slots=True)
class Who:
    """A person as this room knows one: a name and a login, both texts."""

    name: str
    login: str

    def __str__(self) -> str:
        return f"{self.name} ({self.login})"


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a value should be so. law_from: the day from which it is the law, None when only our data is corrected."""

    source: str
    reason: str
    confidence: str
    law_from: date | None = None


def value_of(place: Place, tables: Tables | None = None) -> dict[str, Any]:
    """The value as it stands, in types of JSON. Raises NotDone when there is no such row or value."""
    kind, key, _ = place
    row = (tables or current()).rows[kind].get(key) if known(place) else None
    if row is None:
        raise NotDone(gettext("There is no such value."))
    return of_row(place, row)


def propose(*, place: Place, value: Mapping[str, Any], ground: Ground, by: Who) -> models.Proposal:
    """Keep a proposal until somebody else decides. The same value again means: checked, and still so.

    value: every column of the place, in types of JSON. Raises NotDone when the files could not say it, when another
    proposal on it waits, or when the law would change only in the future.
    """
    tables, today = current(), timezone.now().date()
    before = value_of(place, tables)
    if set(value) != set(columns(*place)):
        raise NotDone(gettext("The value is not whole."))
    if ground.law_from and ground.law_from > today:
        raise NotDone(gettext("The law has not changed yet. Propose it on the day from which it is the law."))
    proposal = _filled(place, before, value, ground, by)
    _try(proposal, place, tables)
    try:
        with transaction.atomic():
            proposal.save(force_insert=True)
    except IntegrityError as error:
        raise NotDone(gettext("A proposal on this value waits already.")) from error
    return proposal


@transaction.atomic
def sign(*, proposal_id: int, by: Who) -> models.Proposal:
    """Sign as the second person: the value changes now, with both names in the history.

    Raises NotDone for the proposer, for one that was decided, and when the value has changed since it was proposed.
    """
    proposal = _open(proposal_id)
    if by.login == proposal.proposed_login:
        raise NotDone(gettext("You proposed this yourself; another person signs."))
    place, stored = place_of(proposal), current()
    if value_of(place, stored) != proposal.before:
        raise NotDone(gettext("The value has changed since this was proposed. Refuse it, and propose it again."))
    wanted = _try(proposal, place, stored)
    _decide(proposal, State.SIGNED, by)
    hand = Hand(REVIEW, proposal.reason, _who(proposal), str(by))
    changes = apply(wanted, stored, hand, f"{proposal.kind} {proposal.key}: {proposal.field}")
    if place[1] not in changes.changed.get(place[0], {}):
        _remember(place, hand)
    return proposal


@transaction.atomic
def refuse(*, proposal_id: int, by: Who, reason: str) -> models.Proposal:
    """Refuse with a reason; the value stays. Raises NotDone without a reason or for one that was decided."""
    proposal = _open(proposal_id)
    if not reason.strip():
        raise NotDone(gettext("Say why it is refused."))
    proposal.refusal = reason.strip()
    _decide(proposal, State.REFUSED, by)
    return proposal


def place_of(proposal: models.Proposal) -> Place:
    """The value that a proposal is about."""
    return proposal.kind, read_key(proposal.kind, proposal.key), proposal.field


def _filled(place: Place, before: dict[str, Any], value: Mapping[str, Any], ground: Ground, by: Who) -> models.Proposal:
    kind, key, name = place
    return models.Proposal(
        kind=kind,
        key=written(key),
        field=name,
        iso2=state_of(kind, key),
        before=before,
        value=dict(value),
        source=ground.source,
        reason=ground.reason,
        confidence=ground.confidence,
        law_from=ground.law_from,
        proposed_by=by.name,
        proposed_login=by.login,
        proposed_on=timezone.now().date(),
    )


def _try(proposal: models.Proposal, place: Place, stored: Tables) -> Tables:
    """The rows with the proposed value in them. Raises NotDone when the files could not say it so."""
    proposal.decided_on = proposal.decided_on or timezone.now().date()
    try:
        wanted, _ = overlay(stored, stored, {**signatures(), place: proposal})
    except BadFile as error:
        raise NotDone("; ".join(f"{it.key}: {it.what}" for it in error.problems)) from error
    finally:
        proposal.decided_on = None
    if of_row(place, wanted.rows[place[0]][place[1]]) != proposal.value:
        raise NotDone(gettext("The files have no place for this value."))
    return wanted


def _open(proposal_id: int) -> models.Proposal:
    proposal = models.Proposal.objects.select_for_update().filter(pk=proposal_id).first()
    if proposal is None or proposal.state != State.OPEN:
        raise NotDone(gettext("Somebody has decided it meanwhile."))
    return proposal


def _decide(proposal: models.Proposal, state: str, by: Who) -> None:
    proposal.state, proposal.decided_by, proposal.decided_login = state, by.name, by.login
    proposal.decided_on = timezone.now().date()
    proposal.save()


def _who(proposal: models.Proposal) -> str:
    return str(Who(proposal.proposed_by, proposal.proposed_login))


def _remember(place: Place, hand: Hand) -> None:
    """A value that was checked and stays leaves its entry in the history too."""
    kind, key, _ = place
    model: Any = getattr(models, kind)
    row = model.objects.get(**dict(zip(KEYS[kind], key, strict=True)))
    bulk_update_with_history([row], model, [], **hand.told())
