import pytest
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA65PublicKey
from hypothesis import given
from hypothesis import strategies as st

from tests.vectors import straight_mldsa
from vault.envelope.encoding import pack
from vault.envelope.errors import BadKey, BadSignature
from vault.envelope.pq_signature import PQ_PUBLIC, PQ_SIGNATURE, pq_public, pq_sign, pq_verify
from vault.envelope.seeds import kem_public, sign_public

SEED, OTHER = bytes(range(32)), bytes(32)
PUBLIC = pq_public(SEED)
SIGNED = pq_sign(SEED, "head", b"message")
DOMAINS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(DOMAINS, st.binary(max_size=500))
def test_a_signature_verifies_and_has_its_length(domain, message):
    signature = pq_sign(SEED, domain, bytearray(message))
    assert (len(PUBLIC), len(signature)) == (PQ_PUBLIC, PQ_SIGNATURE)
    pq_verify(memoryview(PUBLIC), domain, memoryview(message), memoryview(signature))


@given(DOMAINS, DOMAINS, st.binary(max_size=50), st.binary(max_size=50))
def test_a_signature_is_for_one_domain_and_message_only(domain, other_domain, message, other_message):
    if (domain, message) != (other_domain, other_message):
        with pytest.raises(BadSignature):
            pq_verify(PUBLIC, other_domain, other_message, pq_sign(SEED, domain, message))


@given(st.integers(0, PQ_SIGNATURE - 1), st.integers(1, 255))
def test_no_byte_of_a_signature_may_change(at, change):
    signature = bytearray(SIGNED)
    signature[at] ^= change
    with pytest.raises(BadSignature):
        pq_verify(PUBLIC, "head", b"message", signature)


@pytest.mark.parametrize("signature", [b"", bytes(64), bytes(PQ_SIGNATURE), SIGNED + b"\x00"])
def test_what_is_no_signature_is_refused(signature):
    with pytest.raises(BadSignature):
        pq_verify(PUBLIC, "head", b"message", signature)


def test_another_key_is_refused():
    with pytest.raises(BadSignature):
        pq_verify(pq_public(OTHER), "head", b"message", SIGNED)


def test_whoever_follows_the_standard_verifies_it_over_the_packed_parts():
    packed = pack("signature", "head", b"message")
    MLDSA65PublicKey.from_public_bytes(PUBLIC).verify(SIGNED, packed)
    assert straight_mldsa.verifies(PUBLIC, packed, SIGNED)
    assert not straight_mldsa.verifies(PUBLIC, packed + b"!", SIGNED)


def test_its_key_has_nothing_of_the_other_keys_of_the_seed():
    assert PUBLIC[:32] not in sign_public(SEED) + kem_public(SEED)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_seed_of_another_length_is_refused(length):
    for act in (lambda: pq_public(bytes(length)), lambda: pq_sign(bytes(length), "head", b"")):
        with pytest.raises(BadKey):
            act()


@pytest.mark.parametrize("public", [b"", PUBLIC[:-1], PUBLIC + b"\x00"])
def test_a_key_of_another_length_is_refused(public):
    with pytest.raises(BadKey):
        pq_verify(public, "head", b"message", SIGNED)


def test_the_error_says_the_domain_and_not_the_message():
    with pytest.raises(BadSignature, match=r"^head$"):
        pq_verify(PUBLIC, "head", b"secret", SIGNED)
