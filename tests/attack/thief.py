"""What a thief with the database, the files and the secret files can open. Run in the stolen deployment's environment.

Prints one JSON object: how many grants and values there are, how many opened with everything that was stolen, and how
many open with one person's password, which shows that the tries are real.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256

import django


def main(login: str, password: str) -> dict[str, int]:
    """Try every 32 byte secret that lies around on every grant, value and file key; then open with a password."""
    from people import keys
    from people.models import Person
    from vault.keyring import Keyring
    from vault.models import Epoch, Grant, SealedValue

    secrets = list(dict.fromkeys(candidates()))
    used = Epoch.objects.filter(id__in=SealedValue.objects.values("epoch"))
    keys_by_epoch = {epoch.id: keys_of(epoch, secrets) for epoch in used}
    person = Person.objects.select_related("pair").get(login=login)
    ring = Keyring(keys.open_seed(person.pair, password), person.pair)
    return {
        "secrets": len(secrets),
        "grants": Grant.objects.count(),
        "values": SealedValue.objects.count(),
        "opened_grants": sum(opens_grant(grant, secrets) for grant in Grant.objects.select_related("epoch")),
        "opened_values": sum(
            opens_value(value, keys_by_epoch[value.epoch_id]) for value in SealedValue.objects.select_related("epoch")
        ),
        "opened_seeds": sum(opens_seed(each.pair, secrets) for each in Person.objects.select_related("pair")),
        "with_password": sum(reaches(ring, epoch) for epoch in Epoch.objects.all()),
    }


def candidates() -> Iterator[bytes]:
    """Every secret file, share, key, digest and blob that is 32 bytes long, and what is easily made of them."""
    from django.conf import settings

    from vault.models import AuditBatch, EraseShare, KeyPair, SealedSession

    for path in settings.SECRETS_DIR.iterdir():
        yield from forms(path.read_bytes().strip())
    yield from (bytes(row.share) for row in EraseShare.objects.all())
    yield from (bytes(row.digest) for row in AuditBatch.objects.all())
    for pair in KeyPair.objects.all():
        yield from (bytes(pair.fingerprint), bytes(pair.sign_public))
    for row in SealedSession.objects.all():
        yield from forms(row.lookup.encode())
    for path in settings.TMPFS_DIR.rglob("*"):
        if path.is_file():
            yield from forms(path.read_bytes())


def forms(raw: bytes) -> Iterator[bytes]:
    """A secret as it is, as hexadecimal digits, and hashed; only what has the length of a seed."""
    tries = [raw, sha256(raw).digest()]
    with suppress(ValueError):
        tries.append(bytes.fromhex(raw.decode("ascii")))
    return (each for each in tries if len(each) == 32)


def opens_grant(grant: object, secrets: list[bytes]) -> bool:
    """Does any secret, taken as a seed, open a grant?"""
    from vault.compartments import grant_info
    from vault.envelope.errors import EnvelopeError
    from vault.envelope.suite import open_with

    for secret in secrets:
        try:
            open_with(secret, bytes(grant.sealed), grant_info(grant))
        except EnvelopeError:
            continue
        return True
    return False


def opens_value(value: object, keys: list[bytes]) -> bool:
    """Does any of these keys open a value?"""
    from vault.envelope.aead import open_value
    from vault.envelope.errors import EnvelopeError
    from vault.places import place_of

    context, blob = place_of(value).context(value.epoch), bytes(value.blob)
    for key in keys:
        try:
            open_value(key, blob, context)
        except EnvelopeError:
            continue
        return True
    return False


def keys_of(epoch: object, secrets: list[bytes]) -> list[bytes]:
    """Every secret, taken as the key of an epoch and as its granted secret."""
    from vault.opened import open_epoch

    return [*secrets, *(open_epoch(epoch, secret).key for secret in secrets)]


def opens_seed(pair: object, secrets: list[bytes]) -> bool:
    """Does any secret, typed as a password, open a person's seed? The login is tried too."""
    from people import keys
    from vault.envelope.errors import EnvelopeError

    for word in [pair.person.login, *[secret.hex() for secret in secrets[:6]]]:
        try:
            keys.open_seed(pair, word)
        except EnvelopeError:
            continue
        return True
    return False


def reaches(ring: object, epoch: object) -> bool:
    """Does a person's keyring open an epoch?"""
    from vault.errors import VaultError

    try:
        ring.open(epoch)
    except VaultError:
        return False
    return True


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    sys.stdout.write(json.dumps(main(sys.argv[1], sys.argv[2])))
