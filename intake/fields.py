"""Form fields that keep what was typed: text without unfit signs, and rows of equal choices."""

from __future__ import annotations

from html import escape
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from intake.cleaning import clean

SAID_MARK = "~"  # before the codes of "I do not know" and its like, which no vocabulary uses
TOO_LONG = "too_long"
NO_SUCH_ROW = {
    "invalid_choice": _("Please choose one of the rows."),
    "invalid_list": _("Please choose one of the rows."),
}


class TextField(forms.CharField):
    """Text of any length up to the limit, verbatim.

    rows: 0 is one line. is_spoken: a person's own words, set in serif. has_hint: a hint stands beside it already.
    taken_out: how many unfit signs were found.
    """

    def __init__(
        self, *, rows: int = 0, is_spoken: bool = True, has_hint: bool = False, mode: str = "", **options: Any
    ) -> None:
        super().__init__(required=False, strip=False, **options)
        self.rows, self.is_spoken, self.mode = rows, is_spoken, mode
        self.has_hint = has_hint or bool(self.help_text)
        self.taken_out = 0

    def to_python(self, value: Any) -> str:
        """Take out what cannot be kept and count it."""
        cleaned = clean(value or "")
        self.taken_out = cleaned.taken_out
        return cleaned.text

    def validate(self, value: str) -> None:
        """Refuse more than one answer can hold."""
        super().validate(value)
        if len(value) > settings.ANSWER_LIMIT:
            raise ValidationError(
                _("This text has %(count)s characters. One answer can hold %(limit)s."),
                code=TOO_LONG,
                params={"count": len(value), "limit": settings.ANSWER_LIMIT},
            )

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What is shown again after a problem: the typed text, without what cannot be shown."""
        return clean(data or "").text


class Row(NamedTuple):
    """One answer row."""

    value: str
    label: str
    is_checked: bool
    is_first: bool
    is_apart: bool


class RowGroup(NamedTuple):
    """Rows that stand open (no title) or folded under a title. opens: the button that brings rows left out (W3).

    drawn: the rows in HTML.
    """

    title: str
    is_open: bool
    drawn: SafeString
    opens: str = ""


class Offer(NamedTuple):
    """What a group offers: codes with labels, and the codes with more air above them. is_open: its title is no fold."""

    title: str
    pairs: list[tuple[str, str]]
    apart: frozenset[str] = frozenset()
    opens: str = ""
    is_open: bool = False


class RowsBound(BoundField):
    """A bound field that knows its rows and which of them are chosen."""

    field: OneRow | ManyRows

    @property
    def groups(self) -> list[RowGroup]:
        """The groups with their rows, as the template draws them."""
        value = self.value()
        chosen = set(value) if isinstance(value, list | tuple) else {value}
        first = next((pair[0] for offer in self.field.offers for pair in offer.pairs), "")
        return [self._group(offer, chosen, first) for offer in self.field.offers if offer.pairs]

    def _group(self, offer: Offer, chosen: set[Any], first: str) -> RowGroup:
        is_opened = offer.opens != "" and offer.opens == self.field.opened
        is_open = offer.is_open or is_opened or any(code in chosen for code, _label in offer.pairs)
        if offer.opens and not is_open:
            return RowGroup(offer.title, False, SafeString(""), offer.opens)
        rows = [Row(code, label, code in chosen, code == first, code in offer.apart) for code, label in offer.pairs]
        return RowGroup(offer.title, is_open, self._drawn(rows))

    def _drawn(self, rows: list[Row]) -> SafeString:
        """What templates/linen/rows.html would say of each row; a template takes twenty times as long for it."""
        place = escape(self.auto_id)
        box = f'<input type="{self.field.kind}" name="{escape(self.html_name)}" value="'
        first = f' id="{place}"' + (f' aria-describedby="{place}-msg"' if self.errors else "")
        return SafeString("".join(
            f'<label class="choice{" apart" if row.is_apart else ""}">{box}{escape(row.value)}"'
            f"{first if row.is_first else ''}{' checked' if row.is_checked else ''}>"
            f"<span>{escape(row.label)}</span></label>\n"
            for row in rows
        ))  # fmt: skip


class Offered(forms.ChoiceField):
    """What both fields of rows share. No widget draws them, so none needs to know what is offered."""

    def __init__(self, offers: list[Offer], **options: Any) -> None:
        super().__init__(required=False, error_messages=NO_SUCH_ROW, **options)
        self.offers = offers
        self.opened = ""  # the group that the person has just opened

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Every row that may be chosen."""
        return [pair for offer in self.offers for pair in offer.pairs]

    @choices.setter
    def choices(self, _value: Any) -> None:
        """Django's fields set it while they are made; the offers say it."""

    def valid_value(self, value: Any) -> bool:
        """Is there such a row?"""
        return any(code == str(value) for offer in self.offers for code, _label in offer.pairs)


class OneRow(Offered):
    """One of several rows, or none."""

    kind = "radio"

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> RowsBound:
        """Draw as rows."""
        return RowsBound(form, self, field_name)


class ManyRows(Offered, forms.MultipleChoiceField):
    """Any number of rows."""

    kind = "checkbox"

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> RowsBound:
        """Draw as rows."""
        return RowsBound(form, self, field_name)
