"""Password hashes with the costs of this deployment."""

from typing import Any

from argon2 import extract_parameters
from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher

from vault.envelope.password import Cost


class StrongArgon2(Argon2PasswordHasher):
    """Argon2id whose memory, passes and lanes come from settings.ARGON2, read at each use."""

    def params(self) -> Any:
        """argon2-cffi parameters: memory in KiB, passes, lanes."""
        argon2 = self._load_library()  # type: ignore[attr-defined]
        return argon2.Parameters(
            type=argon2.low_level.Type.ID,
            version=argon2.low_level.ARGON2_VERSION,
            salt_len=argon2.DEFAULT_RANDOM_SALT_LENGTH,
            hash_len=argon2.DEFAULT_HASH_LENGTH,
            time_cost=settings.ARGON2["iterations"],
            memory_cost=settings.ARGON2["memory_kib"],
            parallelism=settings.ARGON2["lanes"],
        )


def cost_of(encoded: str) -> Cost:
    """The cost inside a hash of ours, such as argon2$argon2id$v=19$m=65536,t=3,p=1$... Raises ValueError for others."""
    found = extract_parameters(encoded.removeprefix("argon2"))
    return Cost(found.memory_cost, found.time_cost, found.parallelism)
