"""ML-DSA-65 a second time, straight from FIPS 204, in plain numbers: keys, signing without randomness, verifying.

Slow and not meant to keep secrets: it makes the vectors, and judges what the library has signed.
Names follow FIPS 204: K rows, L columns, c the challenge, h the hint.
"""

from hashlib import shake_128, shake_256

Q, N, D, TAU, ETA, OMEGA = 8380417, 256, 13, 49, 4, 55
GAMMA_1, GAMMA_2, BETA = 1 << 19, (Q - 1) // 32, 196
K, L, CHALLENGE = 6, 5, 48
ZETAS = [pow(1753, int(f"{each:08b}"[::-1], 2), Q) for each in range(N)]


def ntt(poly):
    """Algorithm 41."""
    w, m, length = list(poly), 0, 128
    while length:
        for start in range(0, N, 2 * length):
            m += 1
            for j in range(start, start + length):
                t = ZETAS[m] * w[j + length] % Q
                w[j + length], w[j] = (w[j] - t) % Q, (w[j] + t) % Q
        length //= 2
    return w


def ntt_inverse(poly):
    """Algorithm 42."""
    w, m, length = list(poly), N, 1
    while length < N:
        for start in range(0, N, 2 * length):
            m -= 1
            for j in range(start, start + length):
                t = w[j]
                w[j], w[j + length] = (t + w[j + length]) % Q, -ZETAS[m] * (t - w[j + length]) % Q
        length *= 2
    return [8347681 * each % Q for each in w]


def times(a, b):
    return [x * y % Q for x, y in zip(a, b, strict=True)]


def plus(a, b):
    return [(x + y) % Q for x, y in zip(a, b, strict=True)]


def minus(a, b):
    return [(x - y) % Q for x, y in zip(a, b, strict=True)]


def rows(matrix, vector):
    """The matrix times the vector, both transformed, transformed back."""
    found = []
    for row in matrix:
        total = [0] * N
        for cell, poly in zip(row, vector, strict=True):
            total = plus(total, times(cell, poly))
        found.append(ntt_inverse(total))
    return found


def expand_a(rho):
    """Algorithms 30 and 32."""
    return [[uniform(rho + bytes([s, r])) for s in range(L)] for r in range(K)]


def uniform(seed):
    stream, poly = shake_128(seed).digest(3 * 600), []
    for at in range(0, len(stream), 3):
        number = int.from_bytes(stream[at : at + 3], "little") & 0x7FFFFF
        if number < Q and len(poly) < N:
            poly.append(number)
    return poly


def expand_s(rho):
    """Algorithms 31 and 33."""
    return [short(rho + r.to_bytes(2, "little")) for r in range(K + L)]


def short(seed):
    stream, poly = shake_256(seed).digest(600), []
    for byte in stream:
        poly += [(ETA - half) % Q for half in (byte & 15, byte >> 4) if half < 9]
    return poly[:N]


def expand_mask(rho, kappa):
    """Algorithm 34."""
    found = []
    for r in range(L):
        packed = shake_256(rho + (kappa + r).to_bytes(2, "little")).digest(640)
        found.append([(GAMMA_1 - each) % Q for each in unpack(packed, 20)])
    return found


def pack(numbers, bits):
    """Algorithms 16 and 17: little-endian bits."""
    total = sum(number << (bits * at) for at, number in enumerate(numbers))
    return total.to_bytes(len(numbers) * bits // 8, "little")


def unpack(packed, bits):
    total = int.from_bytes(packed, "little")
    return [total >> (bits * at) & ((1 << bits) - 1) for at in range(len(packed) * 8 // bits)]


def ball(seed):
    """Algorithm 29."""
    stream = shake_256(seed).digest(1000)
    signs, at, c = int.from_bytes(stream[:8], "little"), 8, [0] * N
    for i in range(N - TAU, N):
        while stream[at] > i:
            at += 1
        j = stream[at]
        at += 1
        c[i], c[j] = c[j], (Q - 1 if signs >> (i + TAU - N) & 1 else 1)
    return c


def centred(number, modulus):
    """The residue between -modulus/2 (not itself) and modulus/2."""
    rest = number % modulus
    return rest - modulus if rest > modulus // 2 else rest


def decompose(number):
    """Algorithm 36: high and low part."""
    low = centred(number % Q, 2 * GAMMA_2)
    return (0, low - 1) if number % Q - low == Q - 1 else ((number % Q - low) // (2 * GAMMA_2), low)


def high(poly):
    return [decompose(each)[0] for each in poly]


def with_hint(hint, poly):
    """Algorithm 40."""
    parts = [decompose(each) for each in poly]
    return [(r1 + (1 if r0 > 0 else -1)) % 16 if h else r1 for h, (r1, r0) in zip(hint, parts, strict=True)]


def size(polys):
    return max(abs(centred(each, Q)) for poly in polys for each in poly)


def hint_bytes(hints):
    """Algorithm 20."""
    places, ends = [], []
    for hint in hints:
        places += [at for at, bit in enumerate(hint) if bit]
        ends.append(len(places))
    return bytes(places + [0] * (OMEGA - len(places)) + ends)


def hints_of(packed):
    """Algorithm 21; None if it is not what algorithm 20 writes."""
    hints, before = [], 0
    for end in packed[OMEGA:]:
        places = packed[before:end]
        if not before <= end <= OMEGA or list(places) != sorted(set(places)):
            return None
        hints.append([int(at in places) for at in range(N)])
        before = end
    return None if any(packed[before:OMEGA]) else hints


def keys(xi):
    """Algorithm 6: the public half, and what signing needs."""
    stream = shake_256(xi + bytes([K, L])).digest(128)
    rho, rho_s, k = stream[:32], stream[32:96], stream[96:]
    a, s = expand_a(rho), expand_s(rho_s)
    s1, s2 = s[:L], s[L:]
    t = [plus(row, error) for row, error in zip(rows(a, [ntt(each) for each in s1]), s2, strict=True)]
    t0 = [[centred(each, 1 << D) for each in poly] for poly in t]
    t1 = [[(x - y) >> D for x, y in zip(*each, strict=True)] for each in zip(t, t0, strict=True)]
    return rho + b"".join(pack(poly, 10) for poly in t1), (a, k, s1, s2, t0)


def represent(public, message):
    """mu, with an empty context."""
    return shake_256(shake_256(public).digest(64) + b"\x00\x00" + message).digest(64)


def sign(xi, message, randomness=bytes(32)):
    """Algorithms 2 and 7; without randomness the same message always gets the same signature."""
    public, (a, k, s1, s2, t0) = keys(xi)
    mu = represent(public, message)
    rho = shake_256(k + randomness + mu).digest(64)
    for kappa in range(0, 1000 * L, L):
        y = expand_mask(rho, kappa)
        w = rows(a, [ntt(each) for each in y])
        challenge = shake_256(mu + b"".join(pack(high(poly), 4) for poly in w)).digest(CHALLENGE)
        c = ntt(ball(challenge))
        scaled = [[ntt_inverse(times(c, ntt(poly))) for poly in polys] for polys in (s1, s2, t0)]
        z = [plus(*each) for each in zip(y, scaled[0], strict=True)]
        rest = [minus(*each) for each in zip(w, scaled[1], strict=True)]
        low = max(abs(decompose(each)[1]) for poly in rest for each in poly)
        hinted = [plus(*each) for each in zip(rest, scaled[2], strict=True)]
        hints = [
            [int(x != y) for x, y in zip(high(p), high(r), strict=True)] for p, r in zip(hinted, rest, strict=True)
        ]
        fits = size(z) < GAMMA_1 - BETA and low < GAMMA_2 - BETA and size(scaled[2]) < GAMMA_2
        if fits and sum(map(sum, hints)) <= OMEGA:
            packed = b"".join(pack([(GAMMA_1 - centred(each, Q)) for each in poly], 20) for poly in z)
            return challenge + packed + hint_bytes(hints)
    raise AssertionError("no signature in a thousand tries")


def verifies(public, message, signature):
    """Algorithms 3 and 8."""
    if len(signature) != CHALLENGE + L * 640 + OMEGA + K:
        return False
    challenge, packed = signature[:CHALLENGE], signature[CHALLENGE : -OMEGA - K]
    hints = hints_of(signature[-OMEGA - K :])
    z = [[(GAMMA_1 - each) % Q for each in unpack(packed[at : at + 640], 20)] for at in range(0, L * 640, 640)]
    if hints is None or size(z) >= GAMMA_1 - BETA:
        return False
    c = ntt(ball(challenge))
    t1 = [[each << D for each in unpack(public[at : at + 320], 10)] for at in range(32, len(public), 320)]
    az = rows(expand_a(public[:32]), [ntt(each) for each in z])
    w = [minus(row, ntt_inverse(times(c, ntt(poly)))) for row, poly in zip(az, t1, strict=True)]
    encoded = b"".join(pack(with_hint(hint, poly), 4) for hint, poly in zip(hints, w, strict=True))
    return shake_256(represent(public, message) + encoded).digest(CHALLENGE) == challenge
