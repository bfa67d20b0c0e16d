"""The filters of the list of States: they stand in the address, so that a list can be passed on."""

from typing import Any

from django import forms

ANY = ("", "any")
CHOICES: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "cat": (
        "Convention against Torture",
        [("party", "party"), ("signatory", "signed only"), ("none", "not a party")],
    ),
    "rome": (
        "Rome Statute",
        [("party", "party"), ("signatory", "signed only"), ("withdrawn", "withdrawn"), ("none", "not a party")],
    ),
    "crime": (
        "Ground in its law for",
        [
            ("torture", "torture"),
            ("crimes_against_humanity", "crimes against humanity"),
            ("war_crimes", "war crimes"),
            ("other", "other offences"),
            ("any", "any of them"),
            ("no", "no national law described"),
        ],
    ),
    "kind": (
        "Kind of ground",
        [
            ("universal", "universal jurisdiction"),
            ("treaty_obligation", "treaty obligation"),
            ("passive_personality", "link of the victim"),
            ("active_personality", "link of the suspect"),
            ("territorial_effect", "interests of the State"),
        ],
    ),
    "suspect": (
        "To open a case a suspect",
        [
            ("none", "need not be there"),
            ("presence", "must be there"),
            ("residence", "must live there"),
            ("nationality", "must be a national"),
            ("unknown", "not known"),
        ],
    ),
    "practice": (
        "Practice",
        [
            ("open_file", "open file"),
            ("indictment", "charges"),
            ("filed_stalled", "filed, stalled"),
            ("none_found", "none found"),
        ],
    ),
    "safety": (
        "Safety of filing",
        [("normal", "no warning"), ("check_first", "check first"), ("restricted", "restricted")],
    ),
    "confidence": ("Confidence", [("high", "high"), ("medium", "medium"), ("low", "low")]),
    "review": ("Review", [("stale", "older than twelve months"), ("unverified", "something unverified")]),
}
SEARCH_LIMIT = 80  # characters of a search


class Filters(forms.Form):
    """A search and one choice for each column; a choice that nobody knows is left out and said so."""

    template_name = "desk/forms/filter.html"
    q = forms.CharField(
        label="Name or code of a State",
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
