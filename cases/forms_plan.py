"""Forms about an interview: the lawyer's plan, passing it on, and what was done before and after."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms_steps import words
from cases.lawyers.aftercare import WORDS, Line, lines
from cases.lawyers.plans import BREAK_MINUTES, MOST_MINUTES, Plan
from cases.models import Proposal
from cases.wording import LANGUAGES
from people.forms import DeskForm
from vault.keyring import Keyring
from vault.models import today

DAY, TIME = forms.DateInput({"type": "date"}, format="%Y-%m-%d"), forms.TimeInput({"type": "time"}, format="%H:%M")
SHORT = 500


class PlanForm(DeskForm):
    """What triage.md 8.3 asks for. Free narrative first, open questions, one interviewer and one note-taker."""

    purpose = words(_("What the interview is for"), rows=2)
    topics = words(_("Topics"), _("Open questions. Begin with what the person wants to tell."), rows=3)
    left_out = words(
        _("What is left out"), _("What was told already, or need not be told here."), rows=2, required=False
    )
    day = forms.DateField(label=_("Day"), widget=DAY)
    at = forms.TimeField(label=_("From"), widget=TIME)
    until = forms.TimeField(label=_("Until"), widget=TIME)
    minutes = forms.IntegerField(
        label=_("Minutes at most"), min_value=10, max_value=MOST_MINUTES,
        help_text=_("90 at most, with a break each 30, and whenever the person wants one."),
    )  # fmt: skip
    place = words(_("Place or safe channel"), rows=2, limit=SHORT)
    present = words(
        _("Who is there"), _("One interviewer and one note-taker, and nobody whom the person does not want."),
        rows=2, limit=SHORT,
    )  # fmt: skip
    interpreter = words(_("Interpreter"), rows=1, limit=SHORT, required=False)
    gender = words(_("Wishes about women and men"), rows=1, limit=SHORT, required=False)
    stop_sign = words(
        _("The sign for stop"), _("A word or a gesture that ends it at once, without a reason."), rows=1, limit=SHORT
    )  # fmt: skip
    support = words(_("Support person"), rows=1, limit=SHORT, required=False)
    after_care = words(_("Whom the person can reach afterwards"), rows=1, limit=SHORT)
    recording = forms.TypedChoiceField(
        label=_("Recording"), choices=[("no", _("No recording")), ("yes", _("Recorded, if the person agrees"))],
        coerce=lambda value: value == "yes", widget=forms.RadioSelect(),
        help_text=_("A recording can come before a court."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The window holds the interview, and lies ahead."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("day") and found["day"] < today():
            self.add_error("day", _("This day is over. Choose another one."))
        if found.get("at") and found.get("until") and found["at"] >= found["until"]:
            self.add_error("until", _("It ends before it begins."))
        return found

    @property
    def plan(self) -> Plan:
        """As it is sealed."""
        found = {name: self.cleaned_data[name] for name in Plan.__slots__ if name != "version"}
        times = {name: found[name].strftime("%H:%M") for name in ("at", "until")}
        return Plan(**{**found, **times, "day": found["day"].isoformat()})

    @staticmethod
    def initial_of(plan: Plan | None) -> dict[str, Any]:
        """What stands in the form at the beginning."""
        if plan is None:
            return {"minutes": MOST_MINUTES - BREAK_MINUTES, "recording": "no"}
        found = {name: getattr(plan, name) for name in Plan.__slots__}
        return found | {"recording": "yes" if plan.recording else "no"}


class PassOnForm(DeskForm):
    """The plan in the person's language."""

    seen = forms.IntegerField(widget=forms.HiddenInput())
    text = words(
        _("What the person reads"),
        _("In the person’s language. Day, hours, length and recording are shown beside it in any case."),
        rows=10, limit=20_000,
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Written in"), choices=list(LANGUAGES.items()))


class CareForm(DeskForm):
    """That it was done, and when."""

    kind = forms.ChoiceField(choices=[(code, code) for code in WORDS], widget=forms.HiddenInput())
    on = forms.DateField(label=_("Done on"), widget=DAY)


def care_lines(proposal: Proposal, ring: Keyring) -> list[tuple[Line, CareForm]]:
    """What is to be done around the interview, each with the form that notes it."""
    return [
        (line, CareForm(initial={"kind": line.kind, "on": today()}, auto_id=f"{line.kind}_%s"))
        for line in lines(proposal, ring)
    ]
