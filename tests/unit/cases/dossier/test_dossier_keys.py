"""What signs packages is read from two files; anything else than keys is refused without a word about its content."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cases.dossier.errors import PackageFailed
from cases.dossier.keys import read_keys
from cases.dossier.new_keys import new_keys, new_signer
from cases.dossier.signer import read_signer
from tests.factories import signers

SEEDS = ["ed25519 " + "1f" * 32, "mldsa65 " + "2e" * 32]


def test_a_fingerprint_stands_for_both_keys_and_is_the_same_each_time() -> None:
    text = new_keys()
    assert read_keys(text).fingerprint == read_keys(text).fingerprint
    halves = [read_keys("\n".join([SEEDS[0], signers.texts("")[0].splitlines()[2]])), read_keys("\n".join(SEEDS))]
    assert halves[0].public["ed25519"] == halves[1].public["ed25519"]
    assert halves[0].fingerprint != halves[1].fingerprint


def test_the_mark_of_a_self_made_file_travels_with_it() -> None:
    assert read_keys(new_keys()).is_self_made
    assert not read_keys("\n".join(SEEDS)).is_self_made
    assert read_signer(new_signer().encode()).is_self_made
    assert not read_signer(signers.brought_signer().encode()).is_self_made


@pytest.mark.parametrize(
    "text",
    ["", "self-made", SEEDS[0], "\n".join([*SEEDS, SEEDS[0]]), "\n".join([*SEEDS, "more"]), "ed25519 00\nmldsa65 11",
     "\n".join([SEEDS[0], SEEDS[0].replace("ed25519", "mldsa65")]), "\n".join(["rsa 00", SEEDS[1]]),
     "\n".join(["ed25519 " + "zz" * 32, SEEDS[1]]), "\n".join(["ed25519 " + "00" * 31, SEEDS[1]])],
)  # fmt: skip
def test_what_is_no_key_file_is_refused(text: str) -> None:
    with pytest.raises(PackageFailed) as refused:
        read_keys(text)
    assert str(refused.value) == "keys"
    assert refused.value.__cause__ is None


def test_a_certificate_without_its_key_or_a_key_without_its_certificate_is_refused() -> None:
    first, second = new_signer(), new_signer()
    mixed = first[: first.index("-----BEGIN CERT")] + second[second.index("-----BEGIN CERT") :]
    for text in ("", first[: first.index("-----BEGIN CERT")], first[first.index("-----BEGIN CERT") :], mixed, "x" * 99):
        with pytest.raises(PackageFailed) as refused:
            read_signer(text.encode())
        assert str(refused.value) == "signer"


def test_a_chain_keeps_its_order_and_its_days() -> None:
    found = read_signer(signers.brought_signer().encode())
    assert len(found.pem) == 2
    assert found.is_valid_at(datetime(2026, 11, 22, tzinfo=UTC))
    assert not found.is_valid_at(datetime(2036, 11, 22, tzinfo=UTC))


def test_keys_are_in_no_text_of_theirs() -> None:
    found = signers.signing()
    assert all(seed.split()[1] not in repr(found) for seed in signers.texts("")[0].splitlines()[1:])
    assert "PRIVATE" not in repr(found)
