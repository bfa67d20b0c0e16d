"""Forms of the workspace."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases import queue, saved
from cases.access import PURPOSES
from cases.actions.trouble import TROUBLES
from cases.clocks import THRESHOLDS
from cases.complaint import words
from cases.dossier.inputs import FULL, PSEUDONYMISED
from cases.dossier.variant import DEFAULT, codes, offered
from cases.forms_words import OwnWords
from cases.models import Case
from cases.wording import LANGUAGES, country
from people.forms import DeskForm
from people.models import Person
from people.stepup import SecondFactorForm


class QueueFilter(DeskForm):
    """Narrows the queue; every field is optional and stands in the address as a code."""

    template_name = "desk/forms/filter.html"
    level = forms.ChoiceField(label=gettext_lazy("Urgency"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("Writes"), required=False)
    residence = forms.ChoiceField(label=gettext_lazy("Lives in"), required=False)
    person = forms.ChoiceField(label=gettext_lazy("With"), required=False)
    limit = forms.ChoiceField(label=gettext_lazy("Time limit"), required=False)
    reference = forms.CharField(
        label=gettext_lazy("Reference"),
        required=False,
        max_length=7,
        widget=forms.TextInput({"size": "9", "autocomplete": "off", "type": "search"}),
    )

    view = forms.ChoiceField(required=False, widget=forms.HiddenInput())

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(code, country(code)) for code in queue.places(viewer)]
        self._offer("level", _("any"), Case.Level.choices)
        self._offer("status", _("any open"), Case.Status.choices)
        self._offer("language", _("any"), LANGUAGES.items())
        self._offer("residence", _("any country"), sorted(places, key=lambda each: each[1]))
        self._offer("view", "", [(view.code, view.words) for view in saved.views(viewer)])
        self._offer("limit", _("any"), [(str(days), _("within %(days)s days") % {"days": days}) for days in THRESHOLDS])
        self._offer("person", _("anyone"), [(queue.ME, _("me")), (queue.NOBODY, _("nobody"))])

    def _offer(self, name: str, nothing: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", nothing), *choices]

    @property
    def wanted(self) -> dict[str, str]:
        """The filters that are set and make sense; others are ignored."""
        self.is_valid()
        return {name: text for name, text in self.cleaned_data.items() if text}

    @property
    def narrows(self) -> bool:
        """Is anything but a view chosen?"""
        return bool(self.wanted.keys() - {"view"})


class PurposeForm(DeskForm):
    """Why the account is opened; the answer is recorded."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Why do you open it?"),
        choices=list(PURPOSES.items()),
        widget=forms.RadioSelect(),
        initial=None,
    )


class StopForm(DeskForm):
    """Why a dossier is stopped."""

    reason = OwnWords(label=gettext_lazy("Why it is stopped"), help_text=gettext_lazy("Sealed with the case."))


class DossierForm(DeskForm):
    """Who gets the dossier, in which text it is made, and why. forum: of the route, for the text that is offered.

    is_lent: is the sealed part lent to whoever asks, so that names may come along in the envelope?
    """

    lawyer = forms.ModelChoiceField(
        label=gettext_lazy("Lawyer"),
        queryset=Person.objects.none(),
        empty_label=gettext_lazy("choose"),
        help_text=gettext_lazy("Sealed to this person alone."),
    )
    variant = forms.ChoiceField(
        label=gettext_lazy("Text"),
        help_text=gettext_lazy("Language, order and law of the complaint. The one for this route is chosen already."),
    )
    purpose = forms.ChoiceField(
        label=gettext_lazy("What it is for"),
        choices=[
            ("draft", gettext_lazy("A draft for the lawyer: every page says so")),
            ("filing", gettext_lazy("For filing: the person said yes to these words")),
        ],
        widget=forms.RadioSelect(),
        initial="draft",
        required=False,
    )
    rendering = forms.ChoiceField(
        label=gettext_lazy("Copy"),
        choices=[
            (FULL, gettext_lazy("Full")),
            (PSEUDONYMISED, gettext_lazy("Pseudonymised: what identifies people is replaced, exhibits are not in it")),
        ],
        initial=FULL,
        required=False,
        widget=forms.RadioSelect(),
    )
    is_other = forms.BooleanField(
        label=gettext_lazy("I know that this text is made for another authority"),
        required=False,
    )
    with_names = forms.BooleanField(
        label=gettext_lazy("Put what is in the sealed part into the sealed envelope"),
        required=False,
        help_text=gettext_lazy(
            "Names of those who did it stand in the list of persons; names of witnesses who agreed, how to reach them, "
            "and where somebody was last seen stand on sheets that are handed over apart. This opening is recorded."
        ),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why, for the lead who decides"),
        max_length=4000,
        help_text=gettext_lazy("What the person agreed to, why this route, what is still open. Sealed with the case."),
        widget=forms.Textarea({"rows": "6", "class": "voice"}),
    )

    def __init__(self, *args: Any, forum: str, is_lent: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_lent:
            del self.fields["with_names"]
        self.offered = offered(forum)
        texts = self.fields["variant"]
        assert isinstance(texts, forms.ChoiceField)
        texts.choices = [(code, f"{code}: {words.variant(code)}") for code in codes()]
        texts.initial = self.offered
        field = self.fields["lawyer"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Person.objects.lawyers()

    def clean_rendering(self) -> str:
        """The full one, unless another is chosen; the lead sees which."""
        return self.cleaned_data.get("rendering") or FULL

    def clean(self) -> dict[str, Any]:
        """A text made for another authority is a decision, not a slip; the general one fits each."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = found.get("variant")
        if chosen and chosen not in (self.offered, DEFAULT) and not found.get("is_other"):
            self.add_error(
                "is_other",
                _("For this route the text is %(offered)s. Tick this if you want another one all the same.")
                % {"offered": self.offered},
            )
        return found


class DecisionForm(SecondFactorForm):
    """A lead's reason and second factor. The buttons say which decision it is."""

    reason = forms.CharField(
        label=gettext_lazy("Your reason"), max_length=4000, widget=forms.Textarea({"rows": "4", "class": "voice"})
    )


class ResidualForm(DecisionForm):
    """The decision on a pseudonymised dossier: with the check of a second person, whether somebody recognises it."""

    is_checked = forms.BooleanField(
        label=gettext_lazy("A person from the same cell would not recognise the case from this text"),
        required=False,
        help_text=gettext_lazy("Read it with that question. If they could, refuse, and ask the person first."),
    )
    residual = OwnWords(
        label=gettext_lazy("Why you think so, in your own words"),
        required=False,
        help_text=gettext_lazy("To approve, write what could still point to the person and why it does not."),
    )
    field_order = ("is_checked", "residual", "reason")

    @property
    def words(self) -> str:
        """The words of the check; none without the tick."""
        return str(self.cleaned_data["residual"]) if self.cleaned_data["is_checked"] else ""


class TroubleForm(DeskForm):
    """What a lawyer found wrong; a code, so that nothing told stands in a readable column."""

    code = forms.ChoiceField(
        label=gettext_lazy("What is wrong?"), choices=list(TROUBLES.items()), widget=forms.RadioSelect()
    )
