"""The field for somebody's own words: nothing is cut while it is typed or pasted, and what is too long is said."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REASON_LIMIT = 4000
TOO_LONG = _(
    "This has %(show_value)d characters, and at most %(limit_value)d fit. Nothing is lost: make it shorter here."
)


class OwnWords(forms.CharField):
    """Text as it was typed; line ends are counted once, however the browser sends them.

    A `maxlength` would let browsers cut what is pasted without a word, so there is none.
    """

    def __init__(self, *, rows: int = 4, limit: int = REASON_LIMIT, too_long: Any = TOO_LONG, **kwargs: Any) -> None:
        widget = forms.Textarea({"rows": str(rows), "class": "voice", "dir": "auto"})
        defaults = {"widget": widget, "strip": False, "error_messages": {"max_length": too_long}}
        super().__init__(max_length=limit, **{**defaults, **kwargs})

    def to_python(self, value: Any) -> str:
        """With one character for each line end."""
        return str(super().to_python(value)).replace("\r\n", "\n")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Without `maxlength`."""
        return {name: each for name, each in super().widget_attrs(widget).items() if name != "maxlength"}

    def validate(self, value: Any) -> None:
        """White space alone is nothing."""
        super().validate(value.strip())
