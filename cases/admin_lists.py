"""The lists of choices in the admin: to read.

They stay files: a label is what a survivor chose, so it belongs to a version of the questions, is checked in four
languages with every change of the program, and no writer to the database can alter what somebody's "yes" meant.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from cases.statement import vocab
from cases.wording import LANGUAGES
from people.admin_site import Reading
from people.permissions import Permission

TITLE = gettext_lazy("Lists of choices")


def every_list(request: HttpRequest) -> TemplateResponse:
    """All lists with how many choices each has."""
    found = [(name, len(vocab.codes(name))) for name in vocab.names()]
    return TemplateResponse(request, "desk/admin/lists.html", {"title": TITLE, "lists": found})


def one_list(request: HttpRequest, name: str) -> TemplateResponse:
    """The codes of a list with their labels in each language."""
    if name not in vocab.names():
        raise Http404
    rows = [(code, [(*each, vocab.labels_of(name, code).get(each[0], "")) for each in LANGUAGES.items()])
            for code in vocab.codes(name)]  # fmt: skip
    context = {"title": TITLE, "name": name, "rows": rows, "languages": list(LANGUAGES.values())}
    return TemplateResponse(request, "desk/admin/one_list.html", context)


LISTS = Reading(
    "lists",
    Permission.SEE_REFERENCE,
    TITLE,
    gettext_lazy("What survivors can choose from, in each language. To read; they change with the program."),
    (("lists/", "lists", every_list), ("lists/<slug:name>/", "list", one_list)),
)
