"""Days, months and years in running English."""

from __future__ import annotations

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def in_words(iso: str) -> str:
    """12 August 2020 for an ISO day, August 2020 for a month, 2020 for a year."""
    parts = iso.split("-")
    words = [parts[0]]
    if len(parts) > 1:
        words.insert(0, MONTHS[int(parts[1]) - 1])
    if len(parts) > 2:
        words.insert(0, str(int(parts[2])))
    return " ".join(words)


def when(first: str, last: str) -> str:
    """ "on 12 August 2020", "in August 2020", "between 9 August 2020 and 14 August 2020"; empty if both are empty."""
    if first and last and first != last:
        return f"between {in_words(first)} and {in_words(last)}"
    only = first or last
    if not only:
        return ""
    return f"{'on' if len(only) == 10 else 'in'} {in_words(only)}"


def months(first: str, last: str) -> str:
    """ "in August 2020" or "between August 2020 and March 2021", for titles."""
    return when(first[:7], last[:7])
