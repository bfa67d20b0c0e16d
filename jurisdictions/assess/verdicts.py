"""The four verdicts and how they combine."""

OPEN, CONDITIONAL, UNKNOWN, BLOCKED = "open", "conditional", "unknown", "blocked"
BEST_FIRST = (OPEN, CONDITIONAL, UNKNOWN, BLOCKED)
RANK = {verdict: rank for rank, verdict in enumerate(BEST_FIRST)}


def worst(*verdicts: str) -> str:
    """All are needed: the weakest decides. No verdict at all is open."""
    return max(verdicts, key=RANK.__getitem__, default=OPEN)


def best(*verdicts: str) -> str:
    """One is enough: the strongest decides. No verdict at all is blocked."""
    return min(verdicts, key=RANK.__getitem__, default=BLOCKED)
