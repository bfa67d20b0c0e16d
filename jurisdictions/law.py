"""The number of the law as it stands, and what changed since a number; for rooms that keep what they assessed."""

from jurisdictions.models import LawChange, LawVersion


def number() -> int:
    """The number of the newest change; 0 before the first load."""
    return LawVersion.objects.values_list("number", flat=True).first() or 0


def since(seen: int) -> list[LawChange]:
    """The changes after a number, oldest first."""
    return list(LawChange.objects.filter(number__gt=seen))
