"""The form of a translation: one box for each answer in own words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from cases.actions.translating import LIMIT
from cases.forms_words import OwnWords
from cases.reading import Item
from people.forms import DeskForm


class TranslationForm(DeskForm):
    """items: the answers that may be translated now. seen: the revision that the page showed."""

    seen = forms.IntegerField(widget=forms.HiddenInput(), required=False, min_value=0, max_value=10**6)

    def __init__(self, items: Sequence[Item], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = {f"t{number}": item for number, item in enumerate(items, start=1)}
        for name, item in self.items.items():
            rows = min(16, 2 + sum(len(each.text) for each in item.paragraphs) // 60)
            self.fields[name] = OwnWords(label=item.question, rows=rows, limit=LIMIT, required=False)

    @staticmethod
    def of(items: Sequence[Item], texts: Mapping[str, str], seen: int) -> TranslationForm:
        """Filled with what stands there."""
        initial: dict[str, Any] = {f"t{number}": texts.get(each.key, "") for number, each in enumerate(items, start=1)}
        return TranslationForm(items, initial=initial | {"seen": seen})

    @property
    def rows(self) -> list[tuple[Item, forms.BoundField]]:
        """Each answer with its box."""
        return [(item, self[name]) for name, item in self.items.items()]

    @property
    def texts(self) -> dict[str, str]:
        """What was typed, by the key of the answer."""
        return {item.key: self.cleaned_data.get(name, "") for name, item in self.items.items()}

    @property
    def version(self) -> int:
        """The revision that was seen, 0 for a first one."""
        return int(self.cleaned_data.get("seen") or 0)
