"""The two small forms of the desk around a recording; the questions themselves come from the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.hands import NO, YES, How
from cases.handwords import AGREEMENTS, TELLERS
from cases.wording import TOLD_WAYS
from people.forms import DeskForm

SELF = "self"
NO_YES = gettext_lazy("Without their yes nothing may be written down. If they said no, leave this page.")
YES_NO = [(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No"))]


class MoreForm(DeskForm):
    """How the person tells more."""

    way = forms.ChoiceField(label=gettext_lazy("How do you talk?"), widget=forms.RadioSelect())
    interpreter = forms.ChoiceField(
        label=gettext_lazy("Is an interpreter there?"), choices=YES_NO, widget=forms.RadioSelect()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("way", TOLD_WAYS)

    def how(self, language: str) -> How:
        """How the person tells it. language: of the conversation."""
        return How(self.cleaned_data["way"], language, has_interpreter=self.cleaned_data["interpreter"] == YES)

    def _offer(self, name: str, words: Mapping[str, Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, capfirst(text)) for code, text in words.items()]


class BeginForm(MoreForm):
    """Who tells it and how, and that the person said yes to what was read aloud."""

    teller = forms.ChoiceField(label=gettext_lazy("Who tells it?"), widget=forms.RadioSelect())
    agrees = forms.ChoiceField(
        label=gettext_lazy("If it is about somebody else: do they know and agree?"),
        help_text=gettext_lazy("Until they were asked, only what is needed to answer is written down."),
        required=False,
        widget=forms.RadioSelect(),
    )
    consent = forms.ChoiceField(
        label=gettext_lazy("You have read it aloud and asked. What did they say?"),
        choices=[(YES, gettext_lazy("Yes")), (NO, gettext_lazy("No, or not now"))],
        widget=forms.RadioSelect(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in (("teller", TELLERS), ("agrees", AGREEMENTS)):
            self._offer(name, words)

    def clean(self) -> dict[str, Any]:
        """Only a yes begins. For another person, whether they agree must be known, if only as "not asked"."""
        found: dict[str, Any] = super().clean() or {}
        if found.get("consent") == NO:
            self.add_error("consent", NO_YES)
        if found.get("teller") not in (None, SELF) and not found.get("agrees"):
            self.add_error("agrees", _("Ask this first. “They were not asked yet” is an answer too."))
        return found

    def who(self, language: str) -> dict[str, dict[str, Any]]:
        """Who tells it, as answers of the catalogue."""
        teller, agrees = self.cleaned_data["teller"], self.cleaned_data["agrees"]
        found = {"SAF-03": {"value": teller, "lang": language}}
        return found if teller == SELF else found | {"REP-08": {"value": agrees, "lang": language}}


class SendForm(DeskForm):
    """Was it read back before it is sent?"""

    read_back = forms.ChoiceField(
        label=gettext_lazy("Did you read it back to the person?"),
        help_text=gettext_lazy("It stands on the account. The person may change anything before you send."),
        choices=YES_NO,
        widget=forms.RadioSelect(),
    )
