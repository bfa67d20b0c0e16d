"""Giving cases to a member: whom, with the load beside each name, and why if it goes beyond the limits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.actions.giving import Chosen, Outcome
from cases.forms_words import OwnWords
from cases.load import Load, loads
from cases.models import REFERENCE_LETTERS, Case
from people.forms import DeskForm
from people.models import Person

if TYPE_CHECKING:
    _Choice = forms.ModelChoiceField[Person]
else:
    _Choice = forms.ModelChoiceField
CHOSEN = re.compile(rf"([{REFERENCE_LETTERS}]{{3}}-[{REFERENCE_LETTERS}]{{3}})(?:\.(\d{{1,4}}))?")
FAILED = re.compile(rf"([{REFERENCE_LETTERS}]{{3}}-[{REFERENCE_LETTERS}]{{3}}):([a-z_]{{1,20}})")


class MemberChoice(_Choice):
    """Somebody who takes cases, with the load beside the name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Person.objects.none(), empty_label=_("choose"), **kwargs)
        self.loads: dict[Any, Load] = {}

    def offer(self, people: Any) -> None:
        """Offer these members. people: a queryset."""
        self.queryset = people
        self.loads = loads(people)

    def label_from_instance(self, member: Any) -> str:
        """Ben: 12 of 25 open cases."""
        load = self.loads.get(member.id)
        return f"{member.name}: {load.words}" if load else str(member.name)


class AssignForm(DeskForm):
    """A lead gives the case to a member."""

    person = MemberChoice(label=_("Give the case to"))

    def __init__(self, case: Case, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        busy = case.assignments.filter(ended_on=None).values("person")
        member_field(self).offer(Person.objects.staff().filter(team=viewer.team).exclude(id__in=busy))


class GiveForm(DeskForm):
    """A lead gives several cases to a member; which, the page says."""

    person = MemberChoice(label=_("Give the ticked cases to"))

    def __init__(self, viewer: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member_field(self).offer(Person.objects.staff().filter(team=viewer.team))


class BeyondForm(DeskForm):
    """Why somebody gets more than the limits allow."""

    reason = OwnWords(
        label=_("Why this person, now"),
        help_text=_("Sealed with each of these cases. That you went beyond the limit stands in the trail."),
    )


def member_field(form: DeskForm) -> MemberChoice:
    """The field in which somebody is chosen."""
    field = form.fields["person"]
    assert isinstance(field, MemberChoice)
    return field


def chosen_in(texts: Iterable[str]) -> list[Chosen]:
    """The cases that a page sends, each once, in its order; what is no case is left out."""
    found: dict[str, Chosen] = {}
    for text in texts:
        if match := CHOSEN.fullmatch(text):
            found.setdefault(match[1], Chosen(match[1], int(match[2]) if match[2] else None))
    return list(found.values())


def sent_as(chosen: Chosen) -> str:
    """A case as a page sends it."""
    return chosen.reference if chosen.seen is None else f"{chosen.reference}.{chosen.seen}"


def outcomes_in(texts: Iterable[str]) -> list[Outcome]:
    """What was not given in earlier slices, as the page carries it on."""
    found = (FAILED.fullmatch(text) for text in texts)
    return [Outcome(match[1], match[2]) for match in found if match]
