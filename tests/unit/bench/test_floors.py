import pytest

from bench.floors import CHUNK, aes_gcm_file, hpke_seals, send_calls
from vault.envelope.seeds import kem_public


def test_the_floor_writes_the_same_bytes_and_a_tag_for_each_chunk(tmp_path):
    source, target = tmp_path / "plain", tmp_path / "sealed"
    source.write_bytes(b"marker word " * 20_000)
    written = aes_gcm_file(source, target)
    assert written == target.stat().st_size == 240_000 + 16 * -(-240_000 // CHUNK)
    assert b"marker" not in target.read_bytes()


def test_the_floor_of_hpke_seals_to_each_key_and_refuses_what_is_none():
    keys = [kem_public(bytes([number]) * 32) for number in range(3)]
    assert hpke_seals(keys) == 3
    with pytest.raises(ValueError, match="X25519"):
        hpke_seals([keys[0][:-1]])


def test_the_floor_of_a_send_grows_with_what_is_sent():
    keys = [kem_public(bytes([number]) * 32) for number in range(2)]
    few = send_calls(keys, [1024], [1024], 1)
    many = send_calls(keys * 20, [1024] * 40, [1024] * 40, 20)
    assert 0 < few < many
