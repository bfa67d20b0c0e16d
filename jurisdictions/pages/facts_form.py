"""The form of confirmed facts: from the shape of the route assessment to fields, and back. Empty means unknown."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jurisdictions.assess.parse import CRIME_FACTS, OFFICES, RESULTS, countries
from jurisdictions.pages import reader

CRIME_WORDS = {
    "torture_by_officials": _("Severe pain or suffering, done on purpose by officials"),
    "custody": _("While somebody held the person"),
    "pattern": _("Part of a pattern of like acts"),
    "policy": _("By a policy of the State"),
    "deportation": _("Deportation or forced flight"),
    "disappearance": _("Enforced disappearance"),
    "conflict_link": _("Linked to an armed conflict"),
}
OFFICE_WORDS = {
    "head_of_state": _("head of State"),
    "head_of_government": _("head of government"),
    "foreign_minister": _("foreign minister"),
    "other": _("another office, or none"),
}
CERTAINTY_WORDS = {"confirmed": _("confirmed"), "likely": _("likely"), "reported": _("reported"), "unsure": _("unsure")}
RESULT_WORDS = {
    "opened": _("a case was opened"),
    "refused": _("refused"),
    "pending": _("pending"),
    "closed": _("closed"),
    "unknown": _("unknown"),
}
CHECK_WORDS = {
    "WANTED_CHECKED": _("Wanted lists: the person is on none"),
    "LOCATION_CHECKED": _("Location: a complaint gives away no place of the person"),
}
YES, NO = "yes", "no"
MORE = 1  # empty rows below the filled ones


def country_choices() -> list[tuple[str, str]]:
    """All ISO countries by their name in the reader's language, "unknown" first."""
    return [("", gettext("unknown")), *_countries(reader.language())]


@cache
def _countries(language: str) -> list[tuple[str, str]]:
    named = [(code, reader.country(code)) for code in countries()]
    return sorted(named, key=lambda pair: reader.in_order(pair[1]))


class CountryField(forms.ChoiceField):
    """A country, or unknown."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, choices=country_choices, **kwargs)


class DayField(forms.DateField):
    """A day, or unknown."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class KnownField(forms.ChoiceField):
    """Yes, no or unknown."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, choices=[("", _("unknown")), (YES, _("yes")), (NO, _("no"))])


class CodesField(forms.ChoiceField):
    """One of a few codes, or unknown."""

    def __init__(self, label: Any, words: dict[str, Any]) -> None:
        super().__init__(label=label, required=False, choices=[("", _("unknown")), *words.items()])


class FactsPart(forms.Form):
    """A part of the page, drawn by templates/desk/forms; nothing in it is required."""

    template_name = "desk/forms/form.html"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class ActForm(FactsPart):
    """What happened in one country between two days."""

    country = CountryField(_("Country of the acts"))
    first = DayField(_("From, at the earliest"))
    last = DayField(_("To, at the latest"))
    crime_facts = forms.MultipleChoiceField(
        label=_("What the account shows"),
        required=False,
        choices=[(code, CRIME_WORDS[code]) for code in CRIME_FACTS],
        widget=forms.CheckboxSelectMultiple(),
    )

    def clean(self) -> dict[str, Any]:
        """The last day is not before the first."""
        found = super().clean() or {}
        if found.get("first") and found.get("last") and found["last"] < found["first"]:
            self.add_error("last", _("This day is before the first one."))
        return found


class NationalityForm(FactsPart):
    """A nationality, and since when."""

    country = CountryField(_("Nationality"))
    since = DayField(_("Since, if it matters"))


class SuspectForm(FactsPart):
    """A suspect under the case's own code, never under a name."""

    id = forms.RegexField(
        r"^[A-Za-z0-9._-]{1,40}$",
        label=_("Code"),
        required=False,
        help_text=_("Such as P-001, never a name."),
        widget=forms.TextInput({"size": "8", "autocomplete": "off"}),
    )
    office = CodesField(_("Office"), {code: OFFICE_WORDS[code] for code in OFFICES})
    nationality = CountryField(_("Nationality"))
    seen_country = CountryField(_("Last seen in"))
    seen_on = DayField(_("On"))
    certainty = CodesField(_("How sure"), CERTAINTY_WORDS)


class ComplaintForm(FactsPart):
    """A complaint made earlier, by anybody."""

    country = CountryField(_("Complaint made in"))
    made_on = DayField(_("On"))
    result = CodesField(_("Result"), {code: RESULT_WORDS.get(code, code) for code in RESULTS})


class PersonForm(FactsPart):
    """The survivor's links, and leaving the country."""

    residence_now = CountryField(_("Lives in now"))
    residence_at_acts = CountryField(_("Lived in at the time of the acts"))
    refugee = KnownField(_("Refugee status"))
    age_now = forms.IntegerField(label=_("Age now"), required=False, min_value=0, max_value=130)
    forced = KnownField(_("Left under coercion"))
    crossed_into = CountryField(_("Border crossed into"))
    crossed_on = DayField(_("Crossed on"))
    checked = forms.MultipleChoiceField(
        label=_("Checked, and nothing speaks against filing"),
        required=False,
        choices=list(CHECK_WORDS.items()),
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Before both, States where filing may endanger the person are held back."),
    )


class FactsForms:
    """All parts of the page, read and written together."""

    def __init__(self, facts: dict[str, Any], posted: Any = None) -> None:
        self.person = PersonForm(posted, initial=_person_initial(facts), prefix="person")
        self.acts = formset_of(ActForm, facts.get("acts"), _act_initial, posted, "act")
        victim = facts.get("victim") or {}
        self.nationalities = formset_of(
            NationalityForm, victim.get("nationalities"), _nationality_initial, posted, "nationality"
        )
        self.suspects = formset_of(SuspectForm, facts.get("suspects"), _suspect_initial, posted, "suspect")
        self.complaints = formset_of(ComplaintForm, facts.get("complaints"), _complaint_initial, posted, "complaint")

    @property
    def all(self) -> list[Any]:
        """Every part."""
        return [self.acts, self.person, self.nationalities, self.suspects, self.complaints]

    def is_valid(self) -> bool:
        """Check every part, so that all problems show at once."""
        return [part.is_valid() for part in self.all].count(False) == 0

    def facts(self) -> dict[str, Any]:
        """The facts in the shape of the route assessment; unknown keys are left out."""
        person = self.person.cleaned_data
        victim = {
            "nationalities": _rows(self.nationalities, {"country": "country", "since": "from"}),
            "residence_now": person["residence_now"],
            "residence_at_acts": person["residence_at_acts"],
            "refugee": known(person["refugee"]),
            "age_now": person["age_now"],
        }
        displacement = {
            "forced": known(person["forced"]),
            "crossed_into": person["crossed_into"],
            "date": person["crossed_on"],
        }
        act_names = {"country": "country", "first": "from", "last": "to", "crime_facts": "crime_facts"}
        return _plain(
            {
                "flags": list(person["checked"]),
                "acts": _rows(self.acts, act_names),
                "victim": _plain(victim),
                "displacement": _plain(displacement),
                "suspects": [_suspect(row) for row in filled(self.suspects)],
                "complaints": _rows(self.complaints, {"country": "country", "made_on": "date", "result": "result"}),
            }
        )


def formset_of(form: type[FactsPart], rows: Any, initial: Any, posted: Any, prefix: str) -> BaseFormSet[Any]:
    """Rows of one part, and an empty one below those that are filled."""
    factory = formset_factory(form, extra=MORE, max_num=20, absolute_max=40)
    return factory(posted, initial=[initial(row) for row in rows or []], prefix=prefix)


def _act_initial(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "first": row.get("from"), "last": row.get("to")}


def _nationality_initial(row: dict[str, Any]) -> dict[str, Any]:
    return {"country": row.get("country"), "since": row.get("from")}


def _suspect_initial(row: dict[str, Any]) -> dict[str, Any]:
    seen = row.get("last_seen") or {}
    return {
        **row, "seen_country": seen.get("country"), "seen_on": seen.get("date"), "certainty": seen.get("certainty"),
    }  # fmt: skip


def _complaint_initial(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "made_on": row.get("date")}


def _person_initial(facts: dict[str, Any]) -> dict[str, Any]:
    victim, displacement = facts.get("victim") or {}, facts.get("displacement") or {}
    return {
        **victim,
        "refugee": word_of(victim.get("refugee")),
        "forced": word_of(displacement.get("forced")),
        "crossed_into": displacement.get("crossed_into"),
        "crossed_on": displacement.get("date"),
        "checked": facts.get("flags") or [],
    }


def _suspect(row: dict[str, Any]) -> dict[str, Any]:
    seen = _plain({"country": row["seen_country"], "date": row["seen_on"], "certainty": row["certainty"]})
    return _plain({"id": row["id"], "office": row["office"], "nationality": row["nationality"], "last_seen": seen})


def _rows(formset: BaseFormSet[Any], fields: dict[str, str]) -> list[dict[str, Any]]:
    return [_plain({name: row[field] for field, name in fields.items()}) for row in filled(formset)]


def filled(formset: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """The rows in which anything stands."""
    return [row for row in formset.cleaned_data if any(row.values())]


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    """Without what is unknown, days as ISO."""
    known = {key: value for key, value in found.items() if value not in ("", None, [], {})}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in known.items()}


def known(word: str) -> bool | None:
    """The value of a KnownField."""
    return {YES: True, NO: False}.get(word)


def word_of(known: bool | None) -> str:
    """And back."""
    return "" if known is None else YES if known else NO
