"""What passwords cost: read out of the two blobs of a person, and raised at the next right password."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from people import keys
from people.hashers import cost_of
from people.models import Person
from people.passwords import normalised
from vault.envelope import password as envelope
from vault.envelope.password import Cost
from vault.models import KeyPair


def costs(person: Person) -> tuple[Cost, Cost]:
    """The costs of the sign-in hash and of the sealed seed."""
    return cost_of(person.password), envelope.cost_of(bytes(person.pair.password_seed or b""))


def is_outdated(person: Person) -> bool:
    """Does one of the two differ from the settings?"""
    return set(costs(person)) != {keys.cost()}


def renew(person: Person, seed: bytes, password: str) -> None:
    """Make hash and seal again at today's costs, unless another request changed either meanwhile."""
    hashed, sealed = make_password(normalised(password)), keys.seal_seed(seed, person.pair, password)
    with transaction.atomic():
        pair = KeyPair.objects.select_for_update().get(id=person.pair_id)
        rows = Person.objects.filter(id=person.id, password=person.password)
        if bytes(pair.password_seed or b"") != bytes(person.pair.password_seed or b"") or not rows.update(
            password=hashed
        ):
            return
        KeyPair.objects.filter(id=pair.id).update(password_seed=sealed)
    person.password, person.pair.password_seed = hashed, sealed


def left_behind() -> list[tuple[Person, Cost, Cost]]:
    """Everybody who may sign in and has not done so since the costs were changed, by name."""
    people = Person.objects.filter(is_active=True).select_related("pair")
    return [(person, *costs(person)) for person in people if is_outdated(person)]
