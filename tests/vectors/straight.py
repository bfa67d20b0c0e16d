"""The envelope formats written a second time, straight from their description, with all randomness given.

Nothing of vault/ is imported. HKDF and HPKE are spelled out over hmac and hashlib, AES-GCM goes through the streaming
interface and Argon2id through another library, so that a mistake in ours does not hide in both.
Sources: RFC 5869 (HKDF), RFC 9180 (HPKE), draft-connolly-cfrg-xwing-kem (the combiner of MLKEM768-X25519),
RFC 9106 (Argon2id), PoPETs 2019(4) section 4 (Padme).
"""

import hmac
import math
import struct
from hashlib import sha3_256, sha256

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import GCM

CHUNK = 65536


def extract(salt, ikm):
    return hmac.digest(salt or bytes(32), ikm, "sha256")


def expand(prk, info, length):
    block, okm = b"", b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.digest(prk, block + info + bytes([counter]), "sha256")
        okm += block
    return okm[:length]


def gcm(key, nonce, plaintext, aad):
    encryptor = Cipher(AES(key), GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    return encryptor.update(plaintext) + encryptor.finalize() + encryptor.tag


def pack(*parts):
    packed = b""
    for part in parts:
        if part is None:
            tag, body = b"n", b""
        elif isinstance(part, bytes):
            tag, body = b"b", part
        elif isinstance(part, str):
            tag, body = b"s", part.encode()
        else:
            fewest = next(n for n in range(1, 99) if -(1 << 8 * n - 1) <= part < 1 << 8 * n - 1)
            tag, body = b"i", part.to_bytes(fewest, "big", signed=True)
        packed += tag + struct.pack(">I", len(body)) + body
    return packed


def padme(size):
    exponent = math.floor(math.log2(size))
    low_bits = exponent - (math.floor(math.log2(exponent)) + 1)
    mask = (1 << low_bits) - 1
    return (size + mask) & ~mask


def padded_size(size):
    return padme(max(1024, size + 8))


def header(kind, version=1, suite=None):
    return b"\x8eLIN" + struct.pack(">BBH", kind, version, suite or {1: 1, 2: 1, 3: 0x647A}[kind])


def pad(body, total=None, filler=b"\x00"):
    padded = struct.pack(">Q", len(body)) + body
    return padded + filler * ((total or padded_size(len(body))) - len(padded))


def seal_padded(key, padded, context, salt, head=None):
    okm = expand(extract(salt, key), pack("value", context), 32 + 12 + 32)
    preamble = (head or header(1)) + salt + okm[44:]
    return preamble + gcm(okm[:32], okm[32:44], padded, preamble + context)


def seal_value(key, plaintext, context, salt, head=None):
    return seal_padded(key, pad(plaintext), context, salt, head)


def pad_end(body, total=None, filler=b"\x00", size=None):
    zeros = (total or padded_size(len(body))) - len(body) - 8
    return body + filler * zeros + struct.pack(">Q", len(body) if size is None else size)


def seal_stream(key, padded, context, salt, head=None, has_last=True):
    okm = expand(extract(salt, key), pack("stream", context), 32 + 7 + 32)
    preamble = (head or header(2)) + salt + okm[39:]
    stored = preamble
    for counter, start in enumerate(range(0, len(padded), CHUNK)):
        is_last = has_last and start + CHUNK >= len(padded)
        nonce = okm[32:39] + struct.pack(">I?", counter, is_last)
        stored += gcm(okm[:32], nonce, padded[start : start + CHUNK], preamble)
    return stored


def kem_halves(seed):
    lattice = MLKEM768PrivateKey.from_seed_bytes(expand(seed, b"ml-kem-768", 64))
    return lattice, X25519PrivateKey.from_private_bytes(expand(seed, b"x25519", 32))


def kem_public(seed):
    return b"".join(half.public_key().public_bytes_raw() for half in kem_halves(seed))


def signer(seed):
    return Ed25519PrivateKey.from_private_bytes(expand(seed, b"ed25519", 32))


def sign_public(seed):
    return signer(seed).public_key().public_bytes_raw()


def sign(seed, domain, message):
    return signer(seed).sign(pack("signature", domain, message))


def fingerprint(seed):
    return sha256(pack("fingerprint", kem_public(seed), sign_public(seed))).digest()


def seal_to(seed, plaintext, info, lattice_sealed, ephemeral):
    """HPKE base mode to the key of this seed. lattice_sealed: an ML-KEM-768 ciphertext for it. ephemeral: X25519."""
    lattice, curve = kem_halves(seed)
    mine = X25519PrivateKey.from_private_bytes(ephemeral)
    mine_public = mine.public_key().public_bytes_raw()
    theirs = curve.public_key().public_bytes_raw()
    shared = mine.exchange(X25519PublicKey.from_public_bytes(theirs))
    combined = lattice.decapsulate(lattice_sealed) + shared + mine_public + theirs + rb"\.//^" + b"\\"
    key, nonce = hpke_schedule(sha3_256(combined).digest(), info)
    return header(3) + lattice_sealed + mine_public + gcm(key, nonce, plaintext, b"")


def hpke_schedule(shared_secret, info):
    suite = b"HPKE" + struct.pack(">HHH", 0x647A, 0x0001, 0x0002)

    def labeled_extract(salt, label, ikm):
        return extract(salt, b"HPKE-v1" + suite + label + ikm)

    def labeled_expand(prk, label, context, length):
        return expand(prk, struct.pack(">H", length) + b"HPKE-v1" + suite + label + context, length)

    context = b"\x00" + labeled_extract(b"", b"psk_id_hash", b"") + labeled_extract(b"", b"info_hash", info)
    secret = labeled_extract(shared_secret, b"secret", b"")
    return labeled_expand(secret, b"key", context, 32), labeled_expand(secret, b"base_nonce", context, 12)


def argon2id(secret, salt, memory_kib, iterations, lanes):
    return hash_secret_raw(secret, salt, iterations, memory_kib, lanes, 32, Type.ID)


def password_header(memory_kib, iterations, lanes, salt, version=1):
    return struct.pack(">BIIB", version, memory_kib, iterations, lanes) + salt


def seal_seed(seed, password, head, context, salt):
    """head: the 26 bytes of password_header()."""
    _, memory_kib, iterations, lanes, own_salt = struct.unpack(">BIIB16s", head)
    key = argon2id(password.encode(), own_salt, memory_kib, iterations, lanes)
    return head + seal_value(key, seed, pack("password", head, context), salt)


def receipt_keys(digits, salt):
    root = argon2id(digits.encode(), salt, 8192, 1, 1)
    return expand(root, b"lookup", 32), expand(root, b"seed", 32)


def compartment_key(secret, erase_share, context):
    return expand(extract(erase_share, secret), pack("compartment", context), 32)
