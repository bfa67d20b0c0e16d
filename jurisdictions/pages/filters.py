"""The filters of the list of States: they stand in the address, so that a list can be passed on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

ANY = ("", _("any"))
CHOICES: dict[str, tuple[Any, list[tuple[str, Any]]]] = {
    "cat": (
        _("Convention against Torture"),
        [("party", _("party")), ("signatory", _("signed only")), ("none", _("not a party"))],
    ),
    "rome": (
        _("Rome Statute"),
        [
            ("party", _("party")),
            ("signatory", _("signed only")),
            ("withdrawn", _("withdrawn")),
            ("none", _("not a party")),
        ],
    ),
    "crime": (
        _("Ground in its law for"),
        [
            ("torture", _("torture")),
            ("crimes_against_humanity", _("crimes against humanity")),
            ("war_crimes", _("war crimes")),
            ("other", _("other offences")),
            ("any", _("any of them")),
            ("no", _("no national law described")),
        ],
    ),
    "kind": (
        _("Kind of ground"),
        [
            ("universal", _("universal jurisdiction")),
            ("treaty_obligation", _("treaty obligation")),
            ("passive_personality", _("link of the survivor")),
            ("active_personality", _("link of the suspect")),
            ("territorial_effect", _("interests of the State")),
        ],
    ),
    "suspect": (
        _("To open a case a suspect"),
        [
            ("none", _("need not be there")),
            ("presence", _("must be there")),
            ("residence", _("must live there")),
            ("nationality", _("must be a national")),
            ("unknown", _("not known")),
        ],
    ),
    "practice": (
        _("Practice"),
        [
            ("open_file", _("open file")),
            ("indictment", _("charges")),
            ("filed_stalled", _("filed, stalled")),
            ("none_found", _("none found")),
        ],
    ),
    "safety": (
        _("Safety of filing"),
        [("normal", _("no warning")), ("check_first", _("check first")), ("restricted", _("restricted"))],
    ),
    "confidence": (
        _("Confidence"),
        [
            ("high", pgettext_lazy("confidence", "high")),
            ("medium", pgettext_lazy("confidence", "medium")),
            ("low", pgettext_lazy("confidence", "low")),
        ],
    ),
    "review": (_("Review"), [("stale", _("older than twelve months")), ("unverified", _("something unverified"))]),
}
SEARCH_LIMIT = 80  # characters of a search


class Filters(forms.Form):
    """A search and one choice for each column; a choice that nobody knows is left out and said so."""

    template_name = "desk/forms/filter.html"
    q = forms.CharField(
        label=_("Name or code of a State"),
        required=False,
        widget=forms.TextInput({"type": "search", "maxlength": str(SEARCH_LIMIT), "autocomplete": "off"}),
    )

    def __init__(self, asked: Any) -> None:
        """Read the parameters of an address."""
        given = {name: value.replace("\x00", "") for name, value in asked.items()}
        super().__init__(given, label_suffix="", auto_id="%s")
        for name, (label, choices) in CHOICES.items():
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[ANY, *choices])

    def chosen(self) -> dict[str, str]:
        """What was really chosen, by the name of the filter."""
        self.is_valid()
        found = {name: str(value) for name, value in self.cleaned_data.items() if value}
        return {name: value[:SEARCH_LIMIT] for name, value in found.items()}

    @property
    def asked(self) -> str:
        """The search, as it was understood."""
        return self.chosen().get("q", "")

    @property
    def said(self) -> list[str]:
        """The chosen filters in words, without the search."""
        chosen = self.chosen()
        return [
            f"{label}: {dict(choices)[chosen[name]]}" for name, (label, choices) in CHOICES.items() if name in chosen
        ]

    @property
    def left_out(self) -> list[str]:
        """Filters with a choice that is not known."""
        return [str(self.fields[name].label) for name in self.errors]
