"""The registers of this room in the admin: texts with which letters begin, and the States of the reference data."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import dateformat
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from cases import wording
from cases.models import LetterTemplate
from cases.statement import vocab
from jurisdictions.models import State
from jurisdictions.pages import reader
from people.admin_register import Chosen, Link, Register, RegisterForm
from people.permissions import Permission


class TextForm(RegisterForm):
    """The text of a letter, and whether a native speaker has read it. A changed text was read by nobody yet."""

    class Meta:
        model = LetterTemplate
        fields = ("text", "is_reviewed")
        labels: ClassVar = {
            "text": gettext_lazy("Text"),
            "is_reviewed": gettext_lazy("Read and approved by a native speaker with trauma training"),
        }
        help_texts: ClassVar = {
            "text": gettext_lazy(
                "In braces may stand {role_name} and {day}, which the portal fills; in brackets, after […, what the "
                "writer must fill in. A caseworker reads and changes the text each time."
            ),
            "is_reviewed": gettext_lazy(
                "If you change the text, this mark comes off; set it once somebody has read it."
            ),
        }
        widgets: ClassVar = {"text": forms.Textarea({"rows": 16})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.language
        self.fields["text"].widget.attrs |= {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}

    def clean(self) -> dict[str, Any]:
        """Take the mark off a text that is being changed."""
        found: dict[str, Any] = super().clean() or {}
        if "text" in self.changed_data:
            found["is_reviewed"] = False
        return found


class ByKind(Chosen):
    """Texts of one kind."""

    title, parameter_name, field = gettext_lazy("For"), "kind", "kind"


class ByLanguage(Chosen):
    """Texts in one language."""

    title, parameter_name, field = gettext_lazy("Language"), "language", "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The languages of letters."""
        return [(code, str(words)) for code, words in wording.LANGUAGES.items()]


class LetterTexts(Register):
    """The texts with which letters begin, by occasion, language and form of address."""

    permission = Permission.KEEP_TEXTS
    title = gettext_lazy("Texts of letters")
    explained = gettext_lazy("With what a letter may begin, in each language, for where a case stands.")
    noted = "letter_text"
    may_change = True
    form = TextForm
    list_display = ("the_kind", "the_language", "the_form", "origin", "reviewed")
    list_filter = (ByKind, ByLanguage)
    search_fields = ("text",)
    search_help_text = gettext_lazy("Words of the text")
    fields: ClassVar[Any] = ("the_kind", "the_language", "the_form", "origin", "as_delivered", "text", "is_reviewed")
    readonly_fields = fields[:5]

    def heading(self, row: LetterTemplate) -> str:
        """The occasion and the language."""
        return f"{self.the_kind(row)}, {self.the_language(row)}"

    @display(description=gettext_lazy("For"))
    def the_kind(self, row: LetterTemplate) -> str:
        """The occasion."""
        return str(row.get_kind_display())

    @display(description=gettext_lazy("Language"))
    def the_language(self, row: LetterTemplate) -> str:
        """The language in words."""
        return str(wording.LANGUAGES.get(row.language, row.language))

    @display(description=gettext_lazy("Said to"))
    def the_form(self, row: LetterTemplate) -> str:
        """Whom the form of address is for."""
        return vocab.label("address_form", row.form, reader.language()) if row.form else gettext("everybody")

    @display(description=gettext_lazy("Stands"))
    def origin(self, row: LetterTemplate) -> str:
        """Whether a newer version of the program may still change it."""
        return gettext("changed here; updates leave it alone") if row.is_edited else gettext("as delivered")

    @display(description=gettext_lazy("Reviewed"))
    def reviewed(self, row: LetterTemplate) -> str:
        """Draft, until somebody has read it."""
        return gettext("yes") if row.is_reviewed else gettext("draft")

    @display(description=gettext_lazy("As delivered"))
    def as_delivered(self, row: LetterTemplate) -> str:
        """What the file brought, to compare and to go back to."""
        return row.seeded if row.is_edited else gettext("the same")


class States(Register):
    """The States of the reference data: to read. A change of the law takes two people, on pages of its own."""

    permission = Permission.SEE_REFERENCE
    title = gettext_lazy("States")
    explained = gettext_lazy("Names, notes and sources of the reference data. To read; the law changes by a proposal.")
    key = "str"
    list_display = ("the_name", "code", "sureness", "checked")
    search_fields = ("iso2", "iso3", "name")
    search_help_text = gettext_lazy("English name or code")
    fields: ClassVar[Any] = ("code", "english", "notes_told", "sources_told", "sureness", "checked", "doubts")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[State]:
        """In the order of English names."""
        return State.objects.order_by("name")

    def links(self, request: HttpRequest, row: State) -> list[Link]:
        """To the page of the State, and to where each value may be proposed anew."""
        return [
            (gettext("The page of the State"), reverse("jurisdictions:state", args=[row.pk])),
            (gettext("Every value, each with its proposal"), reverse("jurisdictions:values", args=[row.pk])),
        ]

    def remark(self, row: State) -> str | Promise:
        """Why nothing can be typed here."""
        return gettext(
            "Names, notes and sources come with the files of the reference data. Whatever is law is proposed with a "
            "source and signed by a second person; nothing of it can be changed here."
        )

    def heading(self, row: State) -> str:
        """The name in the language of the reader."""
        return self.the_name(row)

    @display(description=gettext_lazy("State"))
    def the_name(self, row: State) -> str:
        """The name in the language of the reader."""
        return str(wording.country(row.iso2))

    @display(description=gettext_lazy("Code"))
    def code(self, row: State) -> str:
        """Both codes."""
        return f"{row.iso2}, {row.iso3}"

    @display(description=gettext_lazy("English name"))
    def english(self, row: State) -> str:
        """The name in the files."""
        return row.name

    @display(description=gettext_lazy("Notes"))
    def notes_told(self, row: State) -> str:
        """The notes, in English."""
        return row.notes or "–"

    @display(description=gettext_lazy("Sources"))
    def sources_told(self, row: State) -> str:
        """The addresses, one a line."""
        return "\n".join(row.sources) or "–"

    @display(description=gettext_lazy("Confidence"))
    def sureness(self, row: State) -> str:
        """How far the sources carry."""
        return str(row.get_confidence_display())

    @display(description=gettext_lazy("Checked on"))
    def checked(self, row: State) -> str:
        """The day of the last check."""
        return dateformat.format(row.checked_on, "j E Y")

    @display(description=gettext_lazy("Nobody has confirmed"))
    def doubts(self, row: State) -> str:
        """What nobody has confirmed."""
        return "; ".join(map(str, row.unverified)) or "–"
