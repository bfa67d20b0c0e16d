"""The form for a value that is to be replaced in pseudonymised dossiers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.dossier.pseudonym.table import (
    ADDRESS,
    BIRTH_PLACE,
    CLASS,
    CONTACT,
    DOCUMENT,
    EMPLOYER,
    NOTHING,
    OTHER,
    PROFESSION,
    RELATION,
    RELATIVE,
    SCHOOL,
    WITNESS,
    WORD,
    Term,
)
from cases.pseudonyms.words import CLASSES, KINDS, RELATIONS
from people.forms import DeskForm

ADDED = (RELATIVE, WITNESS, OTHER, BIRTH_PLACE, ADDRESS, EMPLOYER, SCHOOL, CONTACT, DOCUMENT, PROFESSION, WORD)
PREFIXES = {RELATIVE: (RELATION, RELATIONS), PROFESSION: (CLASS, CLASSES)}


class PseudonymForm(DeskForm):
    """Which value, what it is, and where it needs it, what stands for it."""

    text = forms.CharField(
        label=_("What is to be replaced"),
        max_length=200,
        help_text=_(
            "One name or value, in one spelling. Its forms and other alphabets are found; other spellings not."
        ),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=[(each, KINDS[each]) for each in ADDED])
    code = forms.ChoiceField(
        label=_("Who it is, or what kind of work"),
        required=False,
        choices=[
            ("", _("nothing: it is left out")),
            (_("Who it is"), [(f"{RELATION}{name}", each) for name, each in RELATIONS.items()]),
            (_("Kind of work"), [(f"{CLASS}{name}", each) for name, each in CLASSES.items()]),
        ],
        help_text=_("For somebody near and for a profession alone. A witness gets the next code W-01, W-02."),
    )
    witness = forms.RegexField(
        label=_("The same witness as"), regex=r"\AW-\d{2,3}\Z", required=False, max_length=5,
        help_text=_("A code such as W-01, for another spelling of that name."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Somebody near and a profession need to be called something, or the text cannot be followed."""
        found: dict[str, Any] = super().clean() or {}
        prefix, _words = PREFIXES.get(found.get("kind", ""), ("", {}))
        if prefix and not str(found.get("code", "")).startswith(prefix):
            self.add_error("code", _("Choose what stands for it."))
        return found

    @property
    def term(self) -> Term:
        """What is to be added."""
        kind, found = self.cleaned_data["kind"], self.cleaned_data
        code = found["code"] if kind in PREFIXES else found["witness"] if kind == WITNESS else NOTHING
        return Term(kind, found["text"].strip(), code)


class DropForm(forms.Form):
    """Which entry is taken out."""

    kind = forms.CharField(max_length=20)
    text = forms.CharField(max_length=4000, strip=False)
    code = forms.CharField(max_length=200, required=False)
