"""No text is looked up while a module loads: it would stay in the language of whoever came first, for everybody."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from portal.environment import BASE_DIR

ROOMS = ("portal", "people", "vault", "jurisdictions", "cases", "intake")
MODULES = [path for room in ROOMS for path in sorted((BASE_DIR / room).rglob("*.py"))]
AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}


def names_of_lookups(tree: ast.Module) -> set[str]:
    """What a module calls Django's functions that look a text up at once."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    words = (word for node in imports if node.module == "django.utils.translation" for word in node.names)
    return {word.asname or word.name for word in words if word.name in AT_ONCE}


def run_while_loading(node: ast.AST) -> Iterator[ast.AST]:
    """All that runs when a module loads: bodies of functions do not, their defaults and decorators do."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            at_once = [*getattr(child, "decorator_list", []), *child.args.defaults]
            at_once += [default for default in child.args.kw_defaults if default]
            for part in at_once:
                yield part
                yield from run_while_loading(part)
        else:
            yield child
            yield from run_while_loading(child)


def looked_up(text: str) -> list[int]:
    """The lines of a module that look a text up while it loads."""
    tree = ast.parse(text)
    names = names_of_lookups(tree)
    calls = (node for node in run_while_loading(tree) if isinstance(node, ast.Call))
    return [call.lineno for call in calls if isinstance(call.func, ast.Name) and call.func.id in names]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('WORDS = _("Words")', [2]),
        ('class Form:\n    label = _("Words")', [3]),
        ('def give(words=_("Words")):\n    return words', [2]),
        ('def give():\n    return _("Words")', []),
        ('WORDS = later("Words")', []),
        ('GIVE = lambda: _("Words")', []),
    ],
)
def test_the_search_finds_what_runs_at_loading(text: str, lines: list[int]) -> None:
    head = "from django.utils.translation import gettext as _, gettext_lazy as later\n"
    assert looked_up(head + text) == lines


def test_no_module_looks_a_text_up_while_it_loads() -> None:
    found = {str(path.relative_to(BASE_DIR)): looked_up(path.read_text(encoding="utf-8")) for path in MODULES}
    assert {path: lines for path, lines in found.items() if lines} == {}
