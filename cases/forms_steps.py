"""Forms of the steps of a case: what a lead is asked, what a lead decides, questions to the person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.asking import PARTS
from cases.actions.handing_over import SCOPES
from cases.elements import ELEMENTS
from cases.forms_letters import LetterField, language_field
from cases.forms_words import REASON_LIMIT, OwnWords
from cases.models import Approval, Case
from cases.rounds import Part
from people.forms import DeskForm
from people.stepup import SecondFactorForm
from vault.models import today

Kind = Approval.Kind
BUILDS_ON = _("The person reads this. Say which earlier answer it builds on.")


def words(
    label: Any, help_text: Any = "", *, rows: int = 4, limit: int = REASON_LIMIT, required: bool = True
) -> forms.CharField:  # fmt: skip
    """A field for somebody's own words."""
    return OwnWords(label=label, help_text=help_text, rows=rows, limit=limit, required=required)


class StepForm(DeskForm):
    """What every asking has: the status that the page showed, and the reason."""

    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=24)
    reason = words(_("Why, for the lead who decides"), _("Sealed with the case. The lead reads it before the buttons."))
    CONTENT: tuple[str, ...] = ()

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": case.status, "language": case.language, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)

    @property
    def content(self) -> dict[str, Any]:
        """What is asked for, beside the reason, as it is sealed."""
        return {name: self._plain(self.cleaned_data.get(name)) for name in self.CONTENT}

    @staticmethod
    def _plain(value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else value or ""


class LetterStepForm(StepForm):
    """An asking with the letter that goes to the person when the lead agrees."""

    letter = LetterField(
        label=_("The letter to the person"),
        help_text=_(
            "It goes out when the lead agrees. Say why, what we can still do, and what happens with what they told."
        ),
    )
    language = language_field()
    CONTENT: tuple[str, ...] = ("letter", "language")


class SupportForm(LetterStepForm):
    """Support without a complaint: reasons, a plan, a day to look again."""

    plan = words(_("What support is planned"), _("Whom we ask for what, for example treatment, papers, a shelter."))
    recheck_on = forms.DateField(
        label=_("Look again on"),
        help_text=_("A day within two years. Laws and wishes change."),
        widget=forms.DateInput({"type": "date"}),
    )
    field_order = ("reason", "plan", "recheck_on", "letter", "language")
    CONTENT = (*LetterStepForm.CONTENT, "plan", "recheck_on")

    def clean_recheck_on(self) -> Any:
        """A day that is still to come, within two years."""
        day = self.cleaned_data["recheck_on"]
        if not 0 < (day - today()).days <= 730:
            raise forms.ValidationError(_("Choose a day after today, within two years."))
        return day


class CloseForm(LetterStepForm):
    """Closing: a letter, or why none."""

    no_letter = words(
        _("Or: why no letter goes out"), _("For example: the person asked for no more letters."), rows=2, required=False
    )
    CONTENT = (*LetterStepForm.CONTENT, "no_letter")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["letter"].required = False

    def clean(self) -> dict[str, Any]:
        """One of the two must be there."""
        found: dict[str, Any] = super().clean() or {}
        if not found.get("letter", "").strip() and not found.get("no_letter", "").strip():
            self.add_error("letter", _("Write the letter, or say below why none goes out."))
        return found


class HandOverForm(StepForm):
    """Something goes to a body."""

    to = forms.ChoiceField(label=_("What kind of body"))
    body = forms.CharField(label=_("Which body, by its name"), max_length=200)
    what = words(_("What exactly goes there"), _("Name each paper. Nothing else may go."))
    field_order = ("to", "body", "what", "reason")
    KINDS: ClassVar[dict[str, Any]] = {
        "icc": _("Prosecutor of the International Criminal Court"),
        "un": _("Body of the United Nations"),
        "sanctions": _("Body that decides on sanctions"),
    }
    CONTENT = ("to", "body", "what")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(self.KINDS.items())
        if len(self.KINDS) == 1:
            field.initial, field.widget = next(iter(self.KINDS)), forms.HiddenInput()


class ReferForm(HandOverForm):
    """The whole case goes to another group that documents crimes."""

    KINDS: ClassVar[dict[str, Any]] = {"other": _("Another group that documents crimes")}


class MediaForm(HandOverForm):
    """Something goes to media."""

    KINDS: ClassVar[dict[str, Any]] = {"media": _("Media")}


FORMS: dict[str, type[StepForm]] = {
    Kind.ACCEPT: StepForm,
    Kind.SUPPORT: SupportForm,
    Kind.REFER: ReferForm,
    Kind.CLOSE: CloseForm,
    Kind.TRANSFER: HandOverForm,
    Kind.MEDIA: MediaForm,
}
assert {each for form in (HandOverForm, ReferForm, MediaForm) for each in form.KINDS} == set(SCOPES)


class AgreeForm(SecondFactorForm):
    """A lead's word about an asking. The buttons say which."""

    reason = words(_("Your reason"))


class QuestionForm(DeskForm):
    """Up to three questions, each with its reason; in a review also what it bears on."""

    opening = LetterField(
        label=_("How the letter begins"),
        help_text=_("Say who writes, and that they may leave anything out."),
        rows=4,
        limit=REASON_LIMIT,
        required=False,
    )
    language = language_field()
    seen = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=24)

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"seen": case.status, "language": case.language, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.in_review = case.status == Case.Status.IN_REVIEW
        for number in range(1, PARTS + 1):
            self.fields |= self._part(number)
        self.order_fields(["opening"])

    def _part(self, number: int) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            f"question_{number}": words(_("Question %(number)s") % {"number": number}, rows=3, required=False),
            f"why_{number}": words(_("Why we ask it"), BUILDS_ON, rows=2, required=False),
        }  # fmt: skip
        if self.in_review:
            choices = [("", _("choose")), *ELEMENTS.items()]
            found[f"element_{number}"] = forms.ChoiceField(label=_("What it bears on"), choices=choices, required=False)
        return found

    def clean(self) -> dict[str, Any]:
        """A question needs its reason, and in a review what it bears on; one question is needed."""
        found: dict[str, Any] = super().clean() or {}
        parts = [number for number in range(1, PARTS + 1) if found.get(f"question_{number}", "").strip()]
        if not parts:
            self.add_error("question_1", _("Write one question at least."))
        for number in parts:
            if not found.get(f"why_{number}", "").strip():
                self.add_error(f"why_{number}", _("Say why you ask."))
            if self.in_review and not found.get(f"element_{number}"):
                self.add_error(f"element_{number}", _("Choose what the answer is needed for."))
        return found

    @property
    def parts(self) -> list[Part]:
        """The questions that were written."""
        return list(self._parts())

    def _parts(self) -> Iterator[Part]:
        for number in range(1, PARTS + 1):
            question = self.cleaned_data.get(f"question_{number}", "").strip()
            if question:
                why = self.cleaned_data[f"why_{number}"].strip()
                yield Part(question, why, self.cleaned_data.get(f"element_{number}", ""))
