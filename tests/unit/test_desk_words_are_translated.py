"""Every word that a member or a lawyer reads on the desk goes through gettext, in templates and in code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.environment import BASE_DIR

TEMPLATES = [
    *sorted((BASE_DIR / "templates" / "desk").rglob("*.html")),
    BASE_DIR / "templates" / "errors" / "desk.html",
]
ROOMS = ("people", "cases", "jurisdictions", "intake/recording", "intake/register")
COMMENT = re.compile(r"\{%\s*comment.*?endcomment\s*%\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktranslate.*?endblocktranslate\s*%\}", re.DOTALL)
AS_TYPED = re.compile(r"<pre.*?</pre>|<script.*?</script>", re.DOTALL)  # commands, and what a script is given
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
SAID = re.compile(r'\s(aria-label|title|placeholder|alt|data-label|data-failed)="([^"{]*[A-Za-z]{2}[^"{]*)"')
HANDED = re.compile(r'\{%\s*include[^%]*?\s(\w+)="([^"]*[A-Za-z][^"]*)"')
CODES_HANDED = {"kind", "here", "lang"}  # what a template is given as a code
FILTERED = re.compile(r'\|(?:yesno|default|default_if_none|pluralize):"[^"]*[A-Za-z]{2}')
HTML = re.compile(r"<[^>]*>")
WORD = re.compile(r"[A-Za-z]{2,}")
ENTITY = re.compile(r"&\w+;")
PLAIN = {"UTC", "SHA", "manage", "py"}
# Names of arguments whose text somebody reads.
READ = {"label", "help_text", "empty_label"}


def bare(page: str) -> Iterator[str]:
    """The words of a template that stand outside of the tags of translation."""
    text = AS_TYPED.sub(" ", TRANSLATED.sub(" ", COMMENT.sub(" ", page)))
    yield from (found[1] for found in HANDED.findall(text) if found[0] not in CODES_HANDED)
    yield from FILTERED.findall(text)
    plain = TAG.sub(" ", text)
    yield from (found[1] for found in SAID.findall(plain))
    yield from (word for word in WORD.findall(ENTITY.sub(" ", HTML.sub(" ", plain))) if word not in PLAIN)


@pytest.mark.parametrize(
    "path",
    TEMPLATES,
    ids=lambda path: str(path.relative_to(BASE_DIR / "templates")),
)
def test_no_word_of_a_template_is_bare(path: Path) -> None:
    assert list(bare(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>Words</p>",
        '{% translate "Words" %} more',
        '<td data-label="Words">{{ name }}</td>',
        '{% include "desk/part.html" with title="Some words" %}',
        '{{ count }} case{{ count|pluralize:"s,es" }}',
        '{{ is_so|yesno:"yes,no" }}',
        "{% blocktranslate %}Words{% endblocktranslate %}<b>more</b>",
    ],
)
def test_a_bare_word_is_found(page: str) -> None:
    assert list(bare(page))


def test_what_is_translated_or_typed_as_it_stands_is_no_bare_word() -> None:
    page = (
        '{% comment %}What it is for.{% endcomment %}<p class="small">{% translate "Words" %} {{ name }}</p>&middot;'
        '<pre>cd dossier</pre>{% include "desk/part.html" with title=_("Some words") kind="use" %} 12:30 UTC'
        "{% blocktranslate count number=found %}{{ number }} case{% plural %}{{ number }} cases{% endblocktranslate %}"
    )
    assert list(bare(page)) == []


def spoken(tree: ast.AST) -> Iterator[ast.expr]:
    """What forms, messages and refusals say."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        yield from (each.value for each in call.keywords if each.arg in READ)
        if ast.unparse(call.func).startswith("messages.") or getattr(call.func, "id", "") == "ValidationError":
            yield from call.args
        elif getattr(call.func, "attr", "") == "add_error":
            yield from call.args[1:]


def is_bare(node: ast.expr) -> bool:
    """Is it a text with words, written down where it is used?"""
    texts = [node] if isinstance(node, ast.Constant) else node.values if isinstance(node, ast.JoinedStr) else []
    return any(isinstance(text, ast.Constant) and bool(WORD.search(str(text.value))) for text in texts)


@pytest.mark.parametrize("room", ROOMS)
def test_no_form_and_no_message_speaks_past_gettext(room: str) -> None:
    files = [path for path in (BASE_DIR / room).rglob("*.py") if not {"management", "migrations"} & set(path.parts)]
    found = [
        f"{path.relative_to(BASE_DIR)}:{node.lineno}"
        for path in files
        for node in spoken(ast.parse(path.read_text(encoding="utf-8")))
        if is_bare(node)
    ]
    assert found == []
