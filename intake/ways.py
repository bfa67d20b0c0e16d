"""A page of its own for whoever is not the person that the first questions expect: what we can do, and a way to go on.

Nobody is sent away: another crime, another State, a child, a witness, somebody else's story. The rules that lead here
are those by which staff see the same way on the page of the case (cases/raising.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases import raising
from cases.told import Section
from intake.visit import Visit
from vault.models import today

Text = str | Promise
CHILD = "way-CHILD"
MARK = "way-"  # before the code, where pages of other kinds are named too


@dataclass(frozen=True, slots=True)
class Way:
    """One page. talk: is speaking with a person offered first?"""

    heading: Text
    lines: tuple[Text, ...]
    talk: bool = False


# The place in this order is in the path: no address names the subject. New ones go to the end.
WAYS: Mapping[str, Way] = {
    "ELSEWHERE": Way(
        _("When it happened in another country"),
        (
            _("We know Belarus best. We also know which courts in the world can act on crimes in other countries."),
            _("If another organisation can do more for you, we name it. We pass nothing on without your yes."),
        ),
    ),
    "NO_OFFICIALS": Way(
        _("When no officials took part"),
        (
            _("Often officials gave an order, or knew and let it happen. We look at that with you."),
            _("If it was not so, it can still be a crime. We then tell you who can act on it where you live."),
            _("None of your answers closes a way. You can go on with all questions."),
        ),
    ),
    "CHILD": Way(
        _("You do not have to do this alone"),
        (
            _("You are under 18. Please do not write about violence while you are alone."),
            _("You can tell it to a person who has learned to talk with young people."),
            _("An adult whom you trust can be there. You choose who. You can also say whom we must not tell."),
        ),
        talk=True,
    ),
    "OWN_CHILD": Way(
        _("When it is about a child"),
        (
            _("Please do not question the child. It should tell this only once, to somebody who can listen."),
            _("Write what you know yourself. First we ask how the child is now, and what help you both need."),
        ),
    ),
    "WITNESS": Way(
        _("What you saw can help"),
        (
            _("Write only what you saw or heard yourself. Please do not agree on words with others."),
            _("You need no complaint of your own. If it was hard to see it, the help is for you too."),
        ),
    ),
    "FOR_ANOTHER": Way(
        _("When you write for somebody else"),
        (
            _("We use nothing of that story until the person agrees, or cannot be asked."),
            _("Please do not describe sexual violence against another person. That person decides who hears of it."),
        ),
    ),
    "FOR_THE_DEAD": Way(
        _("When you write for somebody who died"),
        (
            _("We are sorry. Close family can ask for an investigation after a death too."),
            _("You do not have to describe what was done. It is enough to say who it was about and how we reach you."),
        ),
    ),
    "MISSING": Way(
        _("When somebody is missing"),
        (
            _("The Red Cross and the United Nations search for missing people. We help you to reach them."),
            _("Write when and where the person was seen last. Leave everything else empty, if you like."),
        ),
    ),
}


def number_of(code: str) -> int:
    """The number of a way in the path, 1 is the first."""
    return [*WAYS].index(code) + 1


def at(number: int) -> Way | None:
    """The way of a number, or None."""
    return [*WAYS.values()][number - 1] if 1 <= number <= len(WAYS) else None


def of_answers(answers: Section) -> list[str]:
    """The ways on which these answers lead, as marks in the order of WAYS."""
    found = raising.raised({"": answers}, today()).ways
    return [f"{MARK}{code}" for code in WAYS if code in found]


def path_of(name: str, lang: str) -> str:
    """The path of a page that comes between: "help", "safe", or a way after its mark."""
    if name.startswith(MARK):
        return reverse("intake:way", args=[lang, number_of(name.removeprefix(MARK))])
    return reverse(f"intake:{name}", args=[lang])


def between(visit: Visit, names: Iterable[str], target: str, lang: str) -> str:
    """Where to go: to pages that come between and were not shown in this visit, in their order, then to the target.

    A way knows by itself what comes after it, so that it can stand behind another page. The place is kept with the
    answer that leads there: the page itself has nothing to save then.
    """
    paths = [path_of(name, lang) for name in names if visit.show_once(name)]
    for here, behind in zip(paths[:1], [*paths[1:], target], strict=False):
        visit.be_at(behind)
        return here
    visit.be_at(target)
    return target
