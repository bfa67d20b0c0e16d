"""Forms of risk flags: raising one by hand, closing one, lowering the level, and what a lead is asked about one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flag_board import Board, Line
from cases.flag_log import CLOSED, RAISED
from cases.forms_steps import StepForm, words
from cases.models import Case
from cases.wording import FLAGS
from people.forms import DeskForm


class RaiseForm(DeskForm):
    """A flag that a member raises by hand."""

    flag = forms.ChoiceField(label=_("Which danger or trouble"))
    reason = words(_("Why"), _("What you saw or heard, and from whom. Sealed with the case."))

    def __init__(self, board: Board, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="raise_%s", **kwargs)
        field = self.fields["flag"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("choose")), *board.by_hand()]


class CloseForm(DeskForm):
    """Closing one flag. word: only where somebody outside must have said that the danger is over."""

    reason = words(_("Why it is over"))
    word = words(
        _("Who said so, and in what words"), _("The name of the lawyer or clinician, and the day."), rows=2
    )  # fmt: skip

    def __init__(self, line: Line, number: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"close{number}_%s", **kwargs)
        if not line.needs_word:
            del self.fields["word"]


class LowerForm(DeskForm):
    """A lead lowers the level of the case."""

    level = forms.ChoiceField(label=_("New level"))
    reason = words(_("Why"))

    def __init__(self, board: Board, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="lower_%s", **kwargs)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(each, each) for each in board.lower(case)]


class FlagAskedForm(StepForm):
    """What a lead sees of an asking about a flag; the asking itself begins on the page of the flags."""

    do = forms.CharField(label=_("What is asked"))
    flag = forms.CharField(label=_("Which flag"))
    word = forms.CharField(label=_("Who said so, and in what words"))
    CONTENT = ("do", "flag", "word")
    SHOWN: ClassVar[dict[str, dict[str, Any]]] = {
        "do": {RAISED: _("Raise it: the case goes into safety hold"), CLOSED: _("Close it")},
        "flag": dict(FLAGS),
    }
