"""The form of one number to call: what an entry of the file has, by the same rules, and one for the day of a check."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from intake import crisis
from intake.models import CrisisNumber
from jurisdictions.pages import reader
from people.admin_register import RegisterForm
from people.forms import WRITE
from vault.models import today

KINDS = {
    "danger": _("Danger to life"),
    "emotional": _("Somebody to talk to"),
    "victims": _("Help after a crime"),
    "rehabilitation": _("Treatment"),
}
SURE = {
    "high": _("a source of its own says so"),
    "medium": _("a good source says so"),
    "unverified": _("nobody has confirmed it: not shown"),
}
WRONG = {
    "country": _("Two capital letters, or EU for all its members."),
    "number": _("Digits and spaces, with a + before them if it needs one."),
    "source": _("An address that begins with https://."),
}
MARK = ", "
TOLD = {
    "name": {
        "en": _("Name, in English"), "ru": _("Name, in Russian"), "be": _("Name, in Belarusian"),
        "ar": _("Name, in Arabic"),
    },
    "hours": {
        "en": _("Hours, in English"), "ru": _("Hours, in Russian"), "be": _("Hours, in Belarusian"),
        "ar": _("Hours, in Arabic"),
    },
}  # fmt: skip


class NumberForm(RegisterForm):
    """Name and hours in each language of the survivors' pages; languages that are spoken on the line."""

    kind = forms.ChoiceField(label=_("For"), choices=list(KINDS.items()))
    confidence = forms.ChoiceField(label=_("How sure"), choices=list(SURE.items()))
    source = forms.URLField(label=_("Source"), max_length=500, assume_scheme="https")
    spoken = forms.MultipleChoiceField(
        label=_("Languages spoken there"), required=False, widget=forms.CheckboxSelectMultiple
    )
    missing = forms.CharField(
        label=_("Not in these countries"),
        required=False,
        max_length=200,
        help_text=_("Only for EU: codes of members where it does not answer, with commas."),
    )

    class Meta:
        model = CrisisNumber
        fields = ("country", "kind", "number", "free", "anonymous", "source", "checked_on", "confidence", "note")
        labels: ClassVar = {
            "country": _("Country"),
            "number": _("Number"),
            "free": _("The call is free"),
            "anonymous": _("The caller stays unknown"),
            "checked_on": _("Checked on"),
            "note": _("How it was checked"),
        }
        help_texts: ClassVar = {
            "country": WRONG["country"],
            "checked_on": _("The day on which you called or looked it up. It counts for 90 days; then it is hidden."),
            "note": _("For us; survivors do not see it."),
        }
        widgets: ClassVar = {
            "checked_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea({"rows": 3}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row, told = self.instance, reader.language()
        for field, labels in TOLD.items():
            for text, words in labels.items():
                given = (getattr(row, field) or {}).get(text, "")
                self.fields[f"{field}_{text}"] = told_field(words, given, text)
        spoken: Any = self.fields["spoken"]
        spoken.choices = [(code, names[told]) for code, names in crisis.tongues().items()]
        spoken.initial = row.languages
        self.fields["missing"].initial = MARK.join(row.missing_in)
        self.before = row.number

    def clean(self) -> dict[str, Any]:
        """Hold the number against the rules of the file; a day of check lies behind us and belongs to this number."""
        given: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self._take(self._entry(given))
        if not self.errors:
            self._check_day(given)
        return given

    def _check_day(self, given: dict[str, Any]) -> None:
        if given["checked_on"] > today():
            self.add_error("checked_on", _("This day has not come yet."))
        elif self.before and given["number"] != self.before and "checked_on" not in self.changed_data:
            self.add_error("checked_on", _("A new number needs a new check. On which day was it?"))

    def _take(self, entry: dict[str, Any]) -> None:
        for name in crisis.wrong_in(entry):
            self.add_error(name if name in self.fields else None, WRONG.get(name, _("This cannot be right.")))
        for name in ("name", "hours", "languages", "missing_in"):
            setattr(self.instance, name, entry[name])

    def _entry(self, given: dict[str, Any]) -> dict[str, Any]:
        told = {field: {text: given[f"{field}_{text}"] for text in crisis.TEXTS} for field in ("name", "hours")}
        missing = [code.strip().upper() for code in given["missing"].split(",") if code.strip()]
        plain = {name: given[name] for name in self.Meta.fields} | {"checked_on": given["checked_on"].isoformat()}
        return {**plain, **told, "languages": given["spoken"], "missing_in": missing, "checked_by": "somebody"}


def told_field(label: Any, given: str, language: str) -> forms.CharField:
    """A field for a text in one of the survivors' languages."""
    direction = "rtl" if language == "ar" else "ltr"
    widget = forms.Textarea({"rows": 2, "lang": language, "dir": direction})
    field = forms.CharField(label=label, max_length=300, initial=given, widget=widget)
    field.error_messages["required"] = WRITE
    return field
