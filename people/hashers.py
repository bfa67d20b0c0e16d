"""Password hashes with the costs of this deployment."""

from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher


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
