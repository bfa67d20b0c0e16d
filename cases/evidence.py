"""Two people who agreed to the same thing, as their signed records say. No column is asked."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Pair:
    """Who asked and who agreed, by id; made by whatever has verified both signatures."""

    first: UUID
    second: UUID
