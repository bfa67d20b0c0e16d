"""Draw the statuses of a case and the ways between them from the table itself, as docs/workflow.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from cases.guards import GUARDS
from cases.models import Case
from cases.workflow import BACK, BEFORE_FILING, NONE, TABLE, Transition

PAGE = Path("docs/workflow.md")
HEAD = """# The statuses of a case

Drawn by `manage.py draw_workflow` from `cases/workflow.py`; a test fails when it is not. Steps that lead away from
every status (hold, withdraw, close) are in the table and not in the picture.

"""
ROWS = "\n| step | from | to | who | with a second | must be true |\n| --- | --- | --- | --- | --- | --- |\n"
MANY = 6  # a step from more statuses than these is not drawn


class Command(BaseCommand):
    """`manage.py draw_workflow [--check]`."""

    help = "Write docs/workflow.md from the table of statuses, or say with --check whether it is the same."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; end with 1 if the page is another")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write or compare."""
        path = Path(settings.BASE_DIR) / PAGE
        drawn = page()
        if not options["check"]:
            path.write_text(drawn, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != drawn:
            raise SystemExit(f"{PAGE} is not what the table says; run manage.py draw_workflow")


def page() -> str:
    """The page: a diagram that readers of Markdown draw, then the whole table."""
    with override("en"):
        rows = "".join(_row(each) for each in TABLE)
        return f"{HEAD}```mermaid\nstateDiagram-v2\n{''.join(_arrows())}```\n{ROWS}{rows}"


def _arrows() -> list[str]:
    drawn = [each for each in TABLE if len(each.sources) <= MANY and each.target != BACK]
    return [
        f"    {source or '[*]'} --> {each.target}: {each.code}{' (two)' if each.needs_two else ''}\n"
        for each in drawn
        for source in sorted(each.sources)
    ]


def _row(each: Transition) -> str:
    to = "where it was before" if each.target == BACK else each.target
    guards = " ".join(str(GUARDS[name].words if name in GUARDS else name) for name in each.guards)
    second = ", ".join(each.second) or "–"
    return f"| {each.code} | {_sources(each)} | {to} | {', '.join(each.who)} | {second} | {guards} |\n"


def _sources(each: Transition) -> str:
    if each.sources >= BEFORE_FILING:
        rest = sorted(each.sources - BEFORE_FILING)
        return ", ".join(["any before filing", *rest])
    if len(each.sources) > len(Case.Status) // 2:
        return "any but " + ", ".join(sorted(set(Case.Status) - each.sources))
    return ", ".join(sorted(each.sources - {NONE})) or "–"
