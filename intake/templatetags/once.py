"""Parts of a page that only its language changes: drawn once in a process for each language, then only copied."""

from __future__ import annotations

from django.conf import settings
from django.template import Context, Library, Node, NodeList
from django.template.base import Parser, Token
from django.utils.translation import get_language

register = Library()


class Once(Node):
    """Draws its nodes with nothing but the languages, so that nothing of a visit can be in what is kept.

    Any other variable is empty there.
    """

    def __init__(self, nodes: NodeList) -> None:
        self.child_nodelists = ()  # no block is looked for in here
        self._nodes = nodes
        self._drawn: dict[tuple[str | None, str], str] = {}

    def render(self, context: Context) -> str:
        """The part in the language that is spoken now and that the frame names."""
        key = get_language(), context["frame"].language
        if key not in self._drawn:
            alone = Context({"frame": {"language": key[1]}, "languages": settings.LANGUAGES})
            alone.template = context.template
            self._drawn[key] = self._nodes.render(alone)
        return self._drawn[key]


@register.tag
def once(parser: Parser, token: Token) -> Once:
    """`{% once %} ... {% endonce %}`: texts and links that are the same for everybody."""
    nodes = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodes)
