import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from vault.envelope.encoding import pack
from vault.envelope.errors import BadKey, BadSignature
from vault.envelope.seeds import sign_public
from vault.envelope.signature import SigningKey, sign, verify

SEED, OTHER = bytes(range(32)), bytes(32)
PUBLIC = sign_public(SEED)
DOMAINS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(DOMAINS, st.binary(max_size=500))
def test_a_signature_verifies_and_is_always_the_same(domain, message):
    signature = sign(SEED, domain, message)
    assert len(signature) == 64
    assert signature == sign(SEED, domain, bytearray(message))
    verify(PUBLIC, domain, memoryview(message), memoryview(signature))


@given(DOMAINS, DOMAINS, st.binary(max_size=50), st.binary(max_size=50))
def test_a_signature_is_for_one_domain_and_message_only(domain, other_domain, message, other_message):
    if (domain, message) != (other_domain, other_message):
        with pytest.raises(BadSignature):
            verify(PUBLIC, other_domain, other_message, sign(SEED, domain, message))


@given(st.integers(0, 63), st.integers(1, 255))
def test_no_byte_of_a_signature_may_change(at, change):
    signature = bytearray(sign(SEED, "note", b"message"))
    signature[at] ^= change
    with pytest.raises(BadSignature):
        verify(PUBLIC, "note", b"message", signature)


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(64), bytes(65)])
def test_a_missing_or_empty_signature_is_refused(signature):
    with pytest.raises(BadSignature):
        verify(PUBLIC, "note", b"message", signature)


@given(DOMAINS, DOMAINS, st.binary(max_size=50), st.binary(max_size=50))
def test_the_own_signature_is_proved_by_making_it_again(domain, other_domain, message, other_message):
    key, signature = SigningKey(SEED), sign(SEED, domain, message)
    key.verify_own(domain, memoryview(message), memoryview(signature))
    if (domain, message) != (other_domain, other_message):
        with pytest.raises(BadSignature):
            key.verify_own(other_domain, other_message, signature)


@pytest.mark.parametrize("signature", [b"", bytes(64), sign(OTHER, "note", b"message")])
def test_what_another_key_signed_is_not_proved_by_the_own(signature):
    with pytest.raises(BadSignature):
        SigningKey(SEED).verify_own("note", b"message", signature)


def test_another_key_is_refused():
    with pytest.raises(BadSignature):
        verify(sign_public(OTHER), "note", b"message", sign(SEED, "note", b"message"))


def test_any_ed25519_verifies_it_over_the_packed_parts():
    signature = sign(SEED, "note", b"message")
    Ed25519PublicKey.from_public_bytes(PUBLIC).verify(signature, pack("signature", "note", b"message"))


def test_a_key_of_another_length_is_refused():
    with pytest.raises(BadKey):
        verify(PUBLIC[:31], "note", b"message", bytes(64))
    with pytest.raises(BadKey):
        sign(SEED[:31], "note", b"message")


def test_the_error_says_the_domain_and_not_the_message():
    with pytest.raises(BadSignature, match=r"^note$"):
        verify(PUBLIC, "note", b"secret", bytes(64))
