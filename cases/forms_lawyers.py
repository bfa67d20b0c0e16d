"""Forms about lawyers: the record, naming one to the person, the offer, the conflict check, the mandate, the talk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.mandates import asked_of_lawyers
from cases.actions.offering import DECLINED, MOST_NAMES
from cases.forms_steps import StepForm, words
from cases.lawyers.conflicts import QUESTIONS
from cases.lawyers.matching import EXPERIENCE, codes
from cases.lawyers.office import Office
from cases.lawyers.record import Apart
from cases.models import Case, LawyerRecord
from cases.statement import vocab
from cases.wording import FLAGS, LANGUAGES, country
from jurisdictions.pages import reader
from people.forms import DeskForm

DAY = forms.DateInput({"type": "date"})
REASONS = {
    "no_time": _("No time"),
    "no_language": _("No common language"),
    "no_experience": _("Not my field"),
    "conflict": _("A conflict"),
    "other": _("Another reason"),
}
assert set(REASONS) == set(DECLINED)


class RecordForm(DeskForm):
    """The record of a lawyer. The second half is sealed for the team and the lawyer."""

    status = forms.ChoiceField(label=_("Takes cases"), choices=LawyerRecord.Status.choices)
    states = forms.CharField(
        label=_("Admitted in"), help_text=_("Codes of States, with commas: LT, PL."), max_length=200
    )  # fmt: skip
    languages = forms.MultipleChoiceField(label=_("Interviews in"), widget=forms.CheckboxSelectMultiple())
    experience = forms.MultipleChoiceField(
        label=_("Experience with"),
        required=False,
        choices=list(EXPERIENCE.items()),
        widget=forms.CheckboxSelectMultiple(),
    )
    gender = forms.ChoiceField(
        label=_("Some people wish to speak with"),
        required=False,
        choices=[("", _("not said")), *LawyerRecord.Gender.choices],
    )
    cases_at_most = forms.IntegerField(label=_("Cases at most"), min_value=0, max_value=99)
    hours_a_month = forms.IntegerField(label=_("Hours a month"), min_value=0, max_value=300)
    fee = forms.ChoiceField(label=_("Paid by"), choices=LawyerRecord.Fee.choices)
    insured_until = forms.DateField(label=_("Insured until"), required=False, widget=DAY)
    trained_on = forms.DateField(label=_("Last training about trauma"), required=False, widget=DAY)
    bar = forms.CharField(label=_("Bar"), required=False, max_length=200)
    bar_number = forms.CharField(label=_("Number in the register"), required=False, max_length=80)
    channel = forms.CharField(label=_("Safe channel"), required=False, max_length=200)
    insurance = forms.CharField(label=_("Insurance"), required=False, max_length=200)
    ties = words(_("Ties to Belarus or Russia that were declared"), rows=2, required=False)
    conflicts = words(_("Conflicts that were declared"), rows=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["languages"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [each for each in vocab.choices("language", reader.language()) if each[0] != "other"]

    def clean_states(self) -> str:
        """Known codes, upper case. The error names what is not one."""
        found = [
            each.strip().upper() for each in self.cleaned_data["states"].replace(";", ",").split(",") if each.strip()
        ]
        wrong = [each for each in found if len(each) != 2 or country(each) in ("", each)]
        if wrong or not found:
            raise forms.ValidationError(
                _("Not the code of a State: %(codes)s"), params={"codes": ", ".join(wrong) or "–"}
            )
        return ",".join(dict.fromkeys(found))

    @property
    def columns(self) -> dict[str, Any]:
        """What matching sorts by."""
        plain = ("status", "states", "gender", "fee", "cases_at_most", "hours_a_month", "insured_until", "trained_on")
        many = {name: ",".join(self.cleaned_data[name]) for name in ("languages", "experience")}
        return {name: self.cleaned_data[name] for name in plain} | many

    @property
    def apart(self) -> Apart:
        """What is sealed."""
        return Apart(**{name: self.cleaned_data[name] for name in Apart.__slots__})

    @staticmethod
    def initial_of(row: LawyerRecord | None, apart: Apart) -> dict[str, Any]:
        """What stands in the form of a record that is there."""
        if row is None:
            return {"cases_at_most": 5, "hours_a_month": 10}
        own = {each.name: getattr(row, each.attname) for each in LawyerRecord._meta.concrete_fields}
        own |= {name: sorted(codes(own[name])) for name in ("languages", "experience")}
        return own | {name: getattr(apart, name) for name in Apart.__slots__}


class OfficeForm(DeskForm):
    """Where a lawyer has the office, as it is printed."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_("Street, number, code and town, in one line."),
        max_length=140,
        widget=forms.TextInput({"autocomplete": "street-address"}),
    )
    phone = forms.CharField(
        label=_("Telephone"), required=False, max_length=30, widget=forms.TextInput({"autocomplete": "tel"})
    )
    mail = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=70,
        widget=forms.TextInput({"autocomplete": "email", "inputmode": "email"}),
    )

    @property
    def office(self) -> Office:
        """What was typed, each on one line."""
        return Office(**{name: " ".join(str(self.cleaned_data[name]).split()) for name in Office.__slots__})


class NameForm(StepForm):
    """Naming one lawyer to the person: in which country, and a few sentences that the person reads."""

    lawyer = forms.CharField(widget=forms.HiddenInput())
    country = forms.ChoiceField(label=_("Complaint in"))
    profile = words(
        _("What the person reads about the lawyer"),
        _("Name, town, languages, experience with such cases, and that it costs nothing. No promise."),
        rows=6,
    )
    language = forms.ChoiceField(label=_("Written in"), choices=list(LANGUAGES.items()))
    field_order = ("country", "profile", "language", "reason")
    CONTENT = ("lawyer", "country", "profile", "language")

    def __init__(self, case: Case, *args: Any, states: list[str] | None = None, **kwargs: Any) -> None:
        super().__init__(case, *args, **kwargs)
        field = self.fields["country"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, country(code)) for code in states or []]


class WaiveForm(StepForm):
    """Going on in spite of a conflict that the lawyer found."""

    proposal = forms.CharField(widget=forms.HiddenInput())
    CONTENT = ("proposal",)


class OfferForm(DeskForm):
    """The summary for the lawyer, without names."""

    summary = words(
        _("The summary for the lawyer"),
        _("What kind of case, where, when, which languages, what is asked. No name, no place that tells who it is."),
        rows=10,
        limit=20_000,
    )
    language = forms.ChoiceField(label=_("Written in"), choices=list(LANGUAGES.items()))


class CheckForm(DeskForm):
    """A lawyer's conflict check. The names are compared and forgotten."""

    names = forms.CharField(
        label=_("Names to compare"),
        required=False,
        strip=False,
        help_text=_(
            "People whom you act or acted for or against, one on a line, in any spelling. We compare them with the "
            "names of the case, here, and keep none of them."
        ),
        widget=forms.Textarea({"rows": "8", "dir": "auto", "autocomplete": "off", "spellcheck": "false"}),
    )
    ticked = forms.MultipleChoiceField(
        label=_("Is any of this so?"),
        required=False,
        choices=list(QUESTIONS.items()),
        widget=forms.CheckboxSelectMultiple(),
        help_text=_("Tick nothing when nothing is."),
    )
    words = words(_("What you want to say about it"), rows=3, required=False)

    def clean_names(self) -> list[str]:
        """One name on a line, no more than a list can hold."""
        found = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(found) > MOST_NAMES:
            raise forms.ValidationError(
                _("No more than %(most)s names at once; compare the others afterwards."), params={"most": MOST_NAMES}
            )
        return found


class DeclineForm(DeskForm):
    """Why a lawyer cannot take it."""

    why = forms.ChoiceField(
        label=_("If you cannot take it, why?"), choices=list(REASONS.items()), widget=forms.RadioSelect()
    )
    words = words(_("In your words, if you like"), rows=3, required=False)


class DangerForm(DeskForm):
    """A lawyer's word about one danger, on which the team may close it."""

    flag = forms.ChoiceField(label=_("About what"))
    text = words(
        _("Your word to the team"),
        _("What you looked at, and what follows for the person’s safety. Sealed; the person does not read it."),
    )
    is_over = forms.BooleanField(label=_("I see no danger of this kind now; the team may close it."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["flag"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose")), *((code, FLAGS[code]) for code in asked_of_lawyers())]


class BackForm(DeskForm):
    """Why a lawyer gives a mandate back."""

    reason = words(
        _("Why, for the team"),
        _("The team tells the person that another lawyer is looked for, in its own words, not in yours."),
    )


class TalkForm(DeskForm):
    """A line between the lawyer and the team."""

    text = words(_("Your message"), _("Sealed with the brief. Ask one thing at a time."), rows=5, limit=20_000)
