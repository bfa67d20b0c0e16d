"""Which of many routes a page shows in full."""

from typing import Any

SHOWN = 8  # routes with all their reasons on one page; the others are one line each
REACHABLE = ("open", "conditional")

Route = dict[str, Any]


def parted(routes: list[Route]) -> tuple[list[Route], list[Route]]:
    """The routes worth reading in full, and the others, both in their order."""
    first = [route for route in routes if route["verdict"] in REACHABLE][:SHOWN]
    return first, [route for route in routes if route not in first]
