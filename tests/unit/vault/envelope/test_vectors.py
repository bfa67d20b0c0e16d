"""Every file in tests/vectors/envelope/ does what it says: opens, or fails in the way it names."""

import json
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from tests.vectors import make_envelope
from vault.envelope import aead, compartment, errors, password, pq_signature, receipt, seeds, signature, stream, suite

FILES = sorted(make_envelope.FOLDER.glob("*.json"))
BYTES = {"key", "context", "blob", "seed", "info", "sealed", "sign_public", "public", "message", "signature", "secret"}
BYTES |= {"erase_share", "salt"}
TEXT = {"typed", "digits", "password", "domain"}
KINDS = {
    errors.WrongKey: "wrong_key",
    errors.Corrupt: "corrupt",
    errors.UnknownVersion: "unknown_version",
    errors.BadKey: "bad_key",
    errors.BadSignature: "bad_signature",
}


def read(path: Path) -> dict:
    vector = json.loads(path.read_text())
    for name in vector.keys() & (BYTES | TEXT):
        body = bytes.fromhex(vector[name])
        vector[name] = body.decode() if name in TEXT else body
    return vector


def stored(pieces: list) -> bytes:
    return b"".join(part(piece) if isinstance(piece, dict) else bytes.fromhex(piece) for piece in pieces)


def part(piece: dict) -> bytes:
    whole = json.loads((make_envelope.FOLDER / f"{piece['file']}.json").read_text())["stored"]
    return stored(whole)[piece["start"] : piece["stop"]]


def open_stream(key, context, stored_size, size, **vector):
    source = BytesIO(stored(vector["stored"]))
    return b"".join(stream.StreamOpener(key, context, source, stored_size, size).chunks())


def public_of(seed):
    public = seeds.public_of(seed)
    return public.kem + public.sign + public.fingerprint


def verify(**inputs):
    signature.verify(**inputs)
    return b""


def pq_verify(**inputs):
    pq_signature.pq_verify(**inputs)
    return b""


OPERATIONS = {
    "open_value": aead.open_value,
    "open_stream": open_stream,
    "open_with": suite.open_with,
    "public_of": public_of,
    "compartment_key": compartment.compartment_key,
    "verify": verify,
    "pq_public": pq_signature.pq_public,
    "pq_verify": pq_verify,
    "parse": lambda typed: receipt.parse(typed).digits.encode(),
    "derive": lambda digits, salt: b"".join(receipt.derive(receipt.ReceiptCode(digits), salt)),
    "open_seed": password.open_seed,
}


def outcome(vector: dict) -> tuple[str, str | None]:
    inputs = {name: given for name, given in vector.items() if name not in ("operation", "expect", "output")}
    try:
        return "ok", OPERATIONS[vector["operation"]](**inputs).hex()
    except errors.BadCode as error:
        return f"bad_code:{error.reason}", None
    except errors.EnvelopeError as error:
        return KINDS[type(error)], None


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_vector_ends_as_it_says(path):
    vector = read(path)
    assert outcome(vector) == (vector["expect"], vector.get("output"))


def test_the_committed_vectors_are_what_the_generator_writes():
    written = list(make_envelope.vectors())
    assert len(dict(written)) == len(written)
    assert {path.name: path.read_text() for path in FILES} == dict(written)


def test_each_operation_has_a_good_vector_and_each_failure_that_it_can_meet():
    seen = Counter((vector["operation"], vector["expect"]) for vector in map(read, FILES))
    envelope = {"ok", "wrong_key", "corrupt", "unknown_version"}
    wanted = {
        "open_value": envelope | {"bad_key"},
        "open_stream": envelope | {"bad_key"},
        "open_with": envelope | {"bad_key"},
        "open_seed": envelope,
        "verify": {"ok", "bad_signature", "bad_key"},
        "pq_public": {"ok", "bad_key"},
        "pq_verify": {"ok", "bad_signature", "bad_key"},
        "parse": {"ok", "bad_code:sign", "bad_code:length", "bad_code:check"},
        "public_of": {"ok", "bad_key"},
        "compartment_key": {"ok", "bad_key"},
        "derive": {"ok", "bad_key"},
    }
    assert {(operation, kind) for operation, kinds in wanted.items() for kind in kinds} == set(seen)
