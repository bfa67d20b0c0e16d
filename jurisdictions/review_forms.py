"""Forms of the review: one field for each column of a value, and why it should be so."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jurisdictions.checks import OLD, UNVERIFIED, Wanted
from jurisdictions.load.values import Place, as_json, column_of, columns
from jurisdictions.models import State
from jurisdictions.models.provenance import Confidence
from jurisdictions.naming import KINDS, choices, column_name
from jurisdictions.pages import reader
from jurisdictions.review import Ground

VALUE = "value_"  # before the name of a column
LONG = 8000  # characters of a text
DATE = {"type": "date", "min": "1900-01-01", "max": "2100-12-31"}


class LawForm(forms.Form):
    """A form in the look of the desk; the server says what is missing, in words."""

    template_name = "desk/forms/form.html"
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class ProposalForm(LawForm):
    """What a value should be. The fields of the value come first, filled as it stands."""

    source = forms.URLField(
        label=_("Source"),
        max_length=500,
        assume_scheme="https",
        help_text=_("The address of the text that says so, best the law itself."),
        widget=forms.URLInput({"size": "60", "inputmode": "url"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("What you read and why it means this."),
        widget=forms.Textarea({"rows": 4}),
    )
    confidence = forms.ChoiceField(
        label=_("Confidence in this source"), choices=[("", _("choose")), *Confidence.choices]
    )
    law_from = forms.DateField(
        label=_("The law changed on"),
        required=False,
        help_text=_("Only when the law itself has changed. Empty: the value was wrong here, or was checked again."),
        widget=forms.DateInput(DATE),
    )

    def __init__(self, place: Place, stands: dict[str, Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place, own = place, {}
        for column in columns(*place):
            own[VALUE + column] = _field(place[0], column, stands[column])
        self.fields = {**own, **self.fields}

    def value(self) -> dict[str, Any]:
        """The value of a valid form, in types of JSON."""
        return {column: self._one(column) for column in columns(*self.place)}

    def ground(self) -> Ground:
        """Why it should be so."""
        data = self.cleaned_data
        return Ground(data["source"], data["reason"], data["confidence"], data["law_from"])

    def _one(self, column: str) -> Any:
        found, model = self.cleaned_data[VALUE + column], column_of(self.place[0], column)
        if isinstance(model, models.JSONField):
            return [line.strip() for line in found.splitlines() if line.strip()]
        return as_json(found) if found is not None else ("" if model.empty_strings_allowed and not model.null else None)


class RefusalForm(LawForm):
    """Why a proposal is refused."""

    reason = forms.CharField(label=_("Why it is refused"), max_length=2000, widget=forms.Textarea({"rows": 3}))


class ChecksForm(LawForm):
    """Narrows the work list; a code that nobody knows is left out."""

    template_name = "desk/forms/filter.html"
    state = forms.ChoiceField(label=pgettext_lazy("country", "State"), required=False)
    why = forms.ChoiceField(
        label=_("Why"), required=False, choices=[("", _("any")), (UNVERIFIED, _("unverified")), (OLD, _("stale"))]
    )
    kind = forms.ChoiceField(label=_("About"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["state"], _states())
        _offer(self.fields["kind"], [(kind, words) for kind, words in KINDS.items() if kind != "State"])

    def wanted(self) -> Wanted:
        """The filters that make sense."""
        self.is_valid()
        found = self.cleaned_data
        return Wanted(found.get("state", ""), found.get("why", ""), found.get("kind", ""))


class DaysForm(LawForm):
    """Two days to compare, and the State if only one is wanted."""

    template_name = "desk/forms/filter.html"
    first = forms.DateField(label=_("From"), widget=forms.DateInput(DATE))
    then = forms.DateField(label=_("To"), widget=forms.DateInput(DATE))
    state = forms.ChoiceField(label=pgettext_lazy("country", "State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["state"], _states())

    def clean(self) -> dict[str, Any]:
        """The first day comes first."""
        found = super().clean() or {}
        first, then = found.get("first"), found.get("then")
        if first and then and first > then:
            self.add_error("then", _("This day is before the other."))
        return found


def _states() -> list[tuple[str, str]]:
    """Codes and names of all States, by name."""
    named = [(state.iso2, reader.state_name(state)) for state in State.objects.all()]
    return sorted(named, key=lambda pair: reader.in_order(pair[1]))


def _offer(field: forms.Field, offered: Any) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", _("any")), *offered]


def _field(kind: str, column: str, stands: Any) -> forms.Field:
    """A field for one column, filled with what stands there."""
    model, label = column_of(kind, column), reader.capital(column_name(column))
    if offered := choices(kind, column):
        nothing = [("", _("not said"))] if model.blank or model.null else []
        return forms.ChoiceField(label=label, choices=[*nothing, *offered], required=not nothing, initial=stands)
    if isinstance(model, models.JSONField):
        text = forms.Textarea({"rows": max(3, len(stands) + 1)})
        note = _("One on each line.")
        return forms.CharField(label=label, required=False, initial="\n".join(stands), widget=text, help_text=note)
    if isinstance(model, models.DateField):
        return forms.DateField(label=label, required=False, initial=stands, widget=forms.DateInput(DATE))
    if isinstance(model, models.IntegerField):
        return forms.IntegerField(label=label, required=not model.null, initial=stands, min_value=0, max_value=9999)
    rows = forms.Textarea({"rows": 4}) if isinstance(model, models.TextField) else forms.TextInput({"size": "40"})
    limit = getattr(model, "max_length", None) or LONG
    return forms.CharField(label=label, required=False, initial=stands, max_length=limit, widget=rows)
