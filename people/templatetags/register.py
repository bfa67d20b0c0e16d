"""The table of a register: heads, rows, and the pages before and after."""

from __future__ import annotations

from typing import Any

from django import template

register = template.Library()
PAGE = "p"  # in an address of Django's admin


@register.simple_tag
def table_of(of: Any, found: Any) -> dict[str, Any]:
    """The rows of a list with its heads. of: the register; found: Django's list of what was asked for."""
    heads, rows = of.table(found)
    number = found.page_num
    return {
        "heads": heads,
        "rows": rows,
        "earlier": found.get_query_string({PAGE: number - 1}) if number > 1 else "",
        "later": found.get_query_string({PAGE: number + 1})
        if number * found.list_per_page < found.result_count
        else "",
    }
