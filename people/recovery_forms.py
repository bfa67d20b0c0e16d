"""Forms of the recovery kit: who keeps it, words from paper, and the person who signs in first."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.forms import WRITE, DeskForm
from people.models import Person
from people.recovery import FEWEST, MOST, PROOF
from people.setup import SetUpForm
from people.shares import BadSet, BadShare, Read, read
from people.stepup import SecondFactorForm

SHARE, WORD = "share_", "word_"  # how the fields with words begin; what arrives locked keeps none of them
TYPED = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
LOGIN = RegexValidator(r"^[a-z0-9][a-z0-9._-]+$", gettext_lazy("Small letters, digits, dots and hyphens."))

BAD_SHARE = {
    "empty": WRITE,
    "length": gettext_lazy("These are {position} words. A share has 33; look whether one is missing or written twice."),
    "checksum": gettext_lazy(
        "Each word is in the list, but they do not fit together. One of them is another word on the paper, or "
        "two have changed places."
    ),
}
BAD_SET = {
    "few": gettext_lazy("This kit needs {needed} shares. Nothing was opened."),
    "twice": gettext_lazy("Share {share} is the same as one above it. Each custodian has another one."),
    "mixed": gettext_lazy("These shares are not of one kit. Look at the day that is printed on each."),
    "other_kit": gettext_lazy(
        "These shares fit together, but they are of a kit that was replaced. Look for the newer ones."
    ),
}


class KitForm(SecondFactorForm):
    """Who keeps a share, and how many must come together."""

    custodians = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=gettext_lazy("Custodians"),
        help_text=gettext_lazy("Two to seven people who live and work apart. Not all of them leads."),
        widget=forms.CheckboxSelectMultiple,
    )
    needed = forms.TypedChoiceField(
        label=gettext_lazy("How many must come together"),
        help_text=gettext_lazy("Two of three is usual: one share may be lost, and one alone opens nothing."),
        choices=[(number, str(number)) for number in range(FEWEST, MOST + 1)],
        coerce=int,
        initial=FEWEST,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["custodians"]
        assert isinstance(people, forms.ModelMultipleChoiceField)
        people.queryset = Person.objects.filter(is_active=True).order_by("name")


class ProofForm(DeskForm):
    """Three words of the share, read from the paper."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in PROOF:
            widget = forms.TextInput(TYPED)
            self.fields[f"{WORD}{place}"] = forms.CharField(
                label=_("Word %(place)s") % {"place": place},
                max_length=40,
                widget=widget,
                error_messages={"required": WRITE},
            )

    @property
    def typed(self) -> list[str]:
        """The words in the order of PROOF."""
        return [self.cleaned_data[f"{WORD}{place}"] for place in PROOF]

    def refuse(self, places: list[int]) -> None:
        """Name the words that are not those of the share."""
        for place in places:
            self.add_error(f"{WORD}{place}", _("This is not the word. Read it from the paper once more."))


class SharesMixin(forms.Form):
    """As many text areas as the kit needs shares. After is_valid(), `shares` are the ones that were typed."""

    needed = 0
    shares: list[Read]
    share_problem = ""  # a code: why the shares open nothing

    def add_shares(self, needed: int) -> None:
        """Put the text areas in front of the other fields."""
        self.needed = needed
        names = [f"{SHARE}{number}" for number in range(1, needed + 1)]
        for number, name in enumerate(names, 1):
            self.fields[name] = forms.CharField(
                label=_("Share %(number)s") % {"number": number},
                help_text=_("33 words in their order. Capitals, line breaks and the numbers do not matter.")
                if number == 1
                else "",
                max_length=2000,
                required=False,
                widget=forms.Textarea({**TYPED, "rows": "5"}),
            )
        self.order_fields(names)

    def clean(self) -> dict[str, Any]:
        """Read every share; each that cannot be read says where."""
        found: dict[str, Any] = super().clean() or {}
        self.shares = []
        for number in range(1, self.needed + 1):
            try:
                self.shares.append(read(found.get(f"{SHARE}{number}", ""), number))
            except BadShare as bad:
                self.share_problem = self.share_problem or bad.code
                self.add_error(f"{SHARE}{number}", _words(bad))
        return found

    def refuse(self, bad: BadSet) -> None:
        """Say why the shares do not make the key."""
        self.share_problem = bad.code
        words = BAD_SET[bad.code].format(share=bad.share, needed=bad.needed)
        self.add_error(f"{SHARE}{bad.share}" if bad.share else None, words)


class RehearsalForm(SharesMixin, SecondFactorForm):
    """Shares and the second factor of the lead who holds the rehearsal."""

    def __init__(self, needed: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_shares(needed)


class LeadForm(SetUpForm):
    """The first lead, or the one after a recovery: name, login, team, own password, proved authenticator."""

    name = forms.CharField(
        label=gettext_lazy("Your name"), help_text=gettext_lazy("As colleagues call you."), max_length=60
    )
    login = forms.CharField(
        label=gettext_lazy("Login"),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "username", "autocapitalize": "none"}),
    )
    team = forms.CharField(
        label=gettext_lazy("Team"), help_text=gettext_lazy("May stay empty."), max_length=40, required=False
    )
    field_order = ("name", "login", "team", "password", "again", "code")

    def clean_login(self) -> str:
        """Small letters, and nobody else's."""
        login = str(self.cleaned_data["login"]).lower()
        LOGIN(login)
        if Person.objects.filter(login=login).exists():
            raise ValidationError(_("This login is taken. Choose another."))
        return login


class RecoverForm(SharesMixin, LeadForm):
    """Shares, and the lead whom they make."""

    def __init__(self, needed: int, secret: bytes, *args: Any, **kwargs: Any) -> None:
        super().__init__(secret, *args, **kwargs)
        self.add_shares(needed)


def _words(bad: BadShare) -> str:
    if bad.code != "word":
        return BAD_SHARE[bad.code].format(position=bad.position)
    about = {"position": bad.position, "word": bad.word, "near": bad.near}
    if bad.near:
        return _("Word %(position)s, “%(word)s”, is not in the list. Did you mean “%(near)s”?") % about
    return _("Word %(position)s, “%(word)s”, is not in the list.") % about
