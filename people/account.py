"""What a person does with the own account beside second factors: change the password, end sessions."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import transaction

from people import keys, sessions
from people.models import Person
from people.passwords import normalised
from vault import audit
from vault.models import KeyPair, today


@transaction.atomic
def change_password(*, person: Person, by: Person, seed: bytes, password: str, keep: str | None) -> None:
    """Hash and seal anew under another password; the seed stays, so every grant stays. Other sessions end.

    keep: the cookie value of the session that goes on.
    """
    person.password = make_password(normalised(password))
    person.pair.password_seed = keys.seal_seed(seed, person.pair, password)
    KeyPair.objects.filter(id=person.pair_id).update(password_seed=person.pair.password_seed)
    Person.objects.filter(id=person.id).update(password=person.password)
    ended = sessions.end_all(person, keep)
    audit.record("person.password_changed", "person", person.id, by=by.id, detail={"sessions_ended": ended})


@transaction.atomic
def end_session(*, person: Person, by: Person, session: str) -> bool:
    """End one of the own sessions, named by its public id. False when it has ended already."""
    is_gone = sessions.end(person, session)
    if is_gone:
        audit.record("person.session_ended", "person", person.id, by=by.id, detail={"sessions_ended": 1})
    return is_gone


@transaction.atomic
def end_other_sessions(*, person: Person, by: Person, keep: str | None) -> int:
    """End all own sessions but this one and return how many there were."""
    ended = sessions.end_all(person, keep)
    if ended:
        audit.record("person.session_ended", "person", person.id, by=by.id, detail={"sessions_ended": ended})
    return ended


@transaction.atomic
def choose_digest(*, person: Person, by: Person, address: str) -> None:
    """Want a mail a day at this address, or none with "". It begins tomorrow, so its hour says nothing of today."""
    if person.digest_address != address:
        person.digest_address, person.digest_on = address, today()
        person.save(update_fields=["digest_address", "digest_on"])
        audit.record("person.digest_chosen", "person", person.id, by=by.id, detail={})


@transaction.atomic
def choose_language(*, person: Person, by: Person, language: str) -> None:
    """Let the desk speak another language to this person, in every session."""
    if person.language != language:
        person.language = language
        person.save(update_fields=["language"])
        audit.record("person.language_chosen", "person", person.id, by=by.id, detail={})


def choose_keys(*, by: Person, has_keys: bool) -> None:
    """Let single letters move in lists for this person, in every session, or not."""
    by.has_keys = has_keys
    by.save(update_fields=["has_keys"])
