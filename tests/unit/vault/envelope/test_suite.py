import pytest
from cryptography.hazmat.primitives import hpke
from hypothesis import given
from hypothesis import strategies as st

from tests.vectors import straight
from vault.envelope.errors import BadKey, EnvelopeError, WrongKey
from vault.envelope.seeds import kem_private, kem_public
from vault.envelope.suite import open_with, seal_to

SEED, OTHER = bytes(range(32)), bytes(32)
PUBLIC = kem_public(SEED)
SECRET = bytes(range(100, 132))
PLAIN_SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_what_is_sealed_to_a_key_opens_with_its_seed(plaintext, info):
    sealed = seal_to(PUBLIC, plaintext, info)
    assert len(sealed) == 8 + 1120 + len(plaintext) + 16
    assert open_with(SEED, memoryview(sealed), info) == plaintext


def test_any_hpke_implementation_opens_it_after_the_header():
    sealed = seal_to(PUBLIC, SECRET, b"grant")
    assert PLAIN_SUITE.decrypt(sealed[8:], kem_private(SEED), info=b"grant") == SECRET


def test_what_any_hpke_implementation_seals_opens_with_a_header():
    header = bytes.fromhex("8e4c494e0301647a")
    sealed = header + PLAIN_SUITE.encrypt(SECRET, kem_private(SEED).public_key(), info=b"grant")
    assert open_with(SEED, sealed, b"grant") == SECRET


def test_hpke_spelled_out_from_its_rfc_opens():
    lattice, _ = straight.kem_halves(SEED)
    encapsulated = max(lattice.public_key().encapsulate(), key=len)
    sealed = straight.seal_to(SEED, SECRET, b"grant", encapsulated, bytes(range(32)))
    assert open_with(SEED, sealed, b"grant") == SECRET


def test_the_same_sealed_twice_gives_unrelated_bytes():
    one, two = seal_to(PUBLIC, SECRET, b"grant")[8:], seal_to(PUBLIC, SECRET, b"grant")[8:]
    assert not {one[at : at + 8] for at in range(len(one) - 7)} & {two[at : at + 8] for at in range(len(two) - 7)}


def test_another_seed_or_info_is_the_wrong_key():
    sealed = seal_to(PUBLIC, SECRET, b"grant")
    for seed, info in ((OTHER, b"grant"), (SEED, b"grants"), (SEED, b"")):
        with pytest.raises(WrongKey) as caught:
            open_with(seed, sealed, info)
        assert caught.value.__suppress_context__


@given(st.integers(min_value=0), st.integers(1, 255))
def test_no_sealed_byte_may_change(at, change):
    sealed = bytearray(seal_to(PUBLIC, SECRET, b"grant"))
    sealed[at % len(sealed)] ^= change
    with pytest.raises(EnvelopeError):
        open_with(SEED, sealed, b"grant")


@given(st.binary(max_size=1300))
def test_noise_never_opens(noise):
    for sealed in (noise, seal_to(PUBLIC, b"", b"")[:8] + noise):
        with pytest.raises(EnvelopeError):
            open_with(SEED, sealed, b"")


@pytest.mark.parametrize(
    "public",
    [b"", PUBLIC[:-1], PUBLIC + b"\0", b"\xff" * 1216, PUBLIC[:1184] + bytes(32)],
    ids=["empty", "short", "long", "no lattice key", "curve point of low order"],
)
def test_a_bad_public_key_is_refused(public):
    with pytest.raises(BadKey):
        seal_to(public, SECRET, b"grant")
