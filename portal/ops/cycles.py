"""How a process looks for cycles of objects once everything that stays is loaded."""

import gc


def collect_rarely() -> None:
    """Look for cycles rarely from now on, and never in the code and texts that are there: pages cost less."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
