"""A desk in full work: one told case with nearly everything on it, somebody for each role, all addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver
from django.utils import timezone

from cases import letter_texts
from cases.actions import approving, tasks
from cases.actions.breaking_glass import hold, write_note
from cases.actions.erasing import request_erasing
from cases.actions.notes import save_note
from cases.actions.releasing import ask
from cases.models import Approval, Case, Dossier, LetterTemplate, Recording
from cases.routing import route_key
from intake import numbers
from intake.models import CrisisNumber
from jurisdictions.models import Proposal
from jurisdictions.review import Ground, Who, propose
from people.models import Role
from tests.attack.joined import admitted
from tests.factories import cast as made
from tests.factories import recorded
from tests.factories.cast import Cast
from tests.factories.lawyers import briefed_road
from tests.factories.newcomers import invited, joined
from tests.factories.papers import brought
from tests.factories.time_authority import authority
from vault.models import today

PDF = b"%PDF-1.4\n" + b"x" * 70_000
FILES = (("act.pdf", "application/pdf", PDF),)
STRANGERS = {
    "translator": Role.TRANSLATOR,
    "clinician": Role.CLINICIAN,
    "analyst": Role.ANALYST,
    "protection": Role.DATA_PROTECTION,
    "editor": Role.EDITOR,
    "admin": Role.ADMINISTRATOR,
}


@dataclass(frozen=True)
class World:
    """One told case on which Ben works, a package for Lena, and a browser for everybody who may knock."""

    dossier: Dossier
    clients: dict[str, Client]
    arguments: dict[str, Any]
    amina: made.Survivor
    members: dict[str, made.Member]  # by their columns of the table


def named(resolver: URLResolver, space: str = "") -> Iterator[str]:
    """The names of all routes, with their namespaces."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from named(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{space}{pattern.name}"


def desk_in_work(
    cast: Cast, sections: dict[str, Any] | None = None, files: tuple[tuple[str, str, bytes], ...] = FILES
) -> World:
    """The law is loaded, and routes are those of the cast whatever the facts. sections, files: the account told."""
    amina = made.first_contact()
    made.assigned(amina, cast.ben)
    made.tell(amina, sections, files)
    made.confirmed(amina, cast.ben)
    dossier = made.delivered(made.requested(amina, cast.ben, cast.lena), cast.lena, PDF)
    stamped(dossier)
    brief = with_lawyer(amina, cast)
    waiting = waiting_for_a_lead(dossier.case, cast)
    Case.objects.update(team=made.TEAM)
    dossier.case.refresh_from_db()
    members = everybody(cast)
    return World(dossier, browsers(members), arguments(dossier, cast) | waiting | brief, amina, members)


def waiting_for_a_lead(case: Case, cast: Cast) -> dict[str, Any]:
    """Ben has asked for the sealed part and for erasing; a case of his is on hold; somebody has joined."""
    held = made.assigned(made.first_contact({**made.FIRST, "SAF-04": {"value": ["removal"], "lang": "be"}}), cast.ben)
    if held.status != Case.Status.SAFETY_HOLD:
        hold(case=held, by=cast.ben.person, ring=cast.ben.ring, reason="a suspect is near")
    held.refresh_from_db()
    return {
        "sealed_id": ask(case=case, by=cast.ben.person, ring=cast.ben.ring, reason="asked by her", days=3).id,
        "erasure_id": request_erasing(case=case, by=cast.ben.person, ring=cast.ben.ring, why="survivor_asked").id,
        "approval_id": asked_step(case, cast).id,
        "note_id": noted(case, cast),
        "task_id": with_task(case, cast),
        "cases:ask-lead": {"kind": "accept"},
        "hold_id": write_note(case=held, by=cast.ben.person, ring=cast.ben.ring, note="the danger is over").id,
        "recording_id": founded_recording(cast).id,
        "invitation_id": joined(invited(cast.dana)[1])[0].id,
        "proposal_id": proposed_law().pk,
        "jurisdictions:propose": {"kind": "Declaration", "key": "LT/22", "field": "value"},
    }


def with_lawyer(amina: made.Survivor, cast: Cast) -> dict[str, Any]:
    """Lena has the mandate and the brief of Ben's case."""
    Case.objects.update(status=Case.Status.MATCHING)
    proposal = briefed_road(amina.fresh(), amina, cast)
    own = {"proposal_id": proposal.id}
    pages = ("own-offer", "accept-offer", "decline-offer", "own-brief", "own-danger", "give-mandate-back")
    found: dict[str, Any] = {f"cases:{page}": own for page in pages}
    lawyer = {
        f"cases:{page}": {"person_id": cast.lena.person.id} for page in ("lawyer-record", "lawyer-bar", "name-lawyer")
    }
    exhibit = {"exhibit_id": proposal.case.exhibits.earliest("id").id}
    paper = {"paper_id": brought(proposal, cast.lena).id}
    form = {"form": "none"}  # making one takes seconds; whoever may have it finds that there is none of this name
    files = {"brief-file": own | exhibit, "own-papers": own, "own-paper": own | paper, "own-form": own | form}
    files |= {"own-plan": own, "own-step": own, "own-aftercare": own}
    files |= {"own-complaint": own, "own-complaint-first": own}
    team = {"paper": paper, "form-to-sign": form}
    return found | lawyer | {f"cases:{page}": named for page, named in (files | team).items()}


def asked_step(case: Case, cast: Cast) -> Approval:
    """Ben has asked a lead to close the case."""
    words = {"letter": "Thank you for telling us.", "language": "en"}
    return approving.ask(case=case, kind="close", by=cast.ben.person, ring=cast.ben.ring, reason="why", content=words)


def noted(case: Case, cast: Cast) -> UUID:
    """A note that Ben has written."""
    note = uuid4()
    save_note(case=case, by=cast.ben.person, ring=cast.ben.ring, note_id=note, text="as she said", seen=0)
    return note


def with_task(case: Case, cast: Cast) -> UUID:
    """A task that Ben has made for himself."""
    ben = cast.ben
    return tasks.add(case=case, by=ben.person, ring=ben.ring, words="ask", due_on=today(), person=ben.person).id


def proposed_law() -> Proposal:
    """A change of the law that an editor has proposed."""
    place, ground = ("Declaration", ("LT", 22), "value"), Ground("https://law.invalid", "Read there.", "high")
    return propose(place=place, value={"value": "no"}, ground=ground, by=Who("Edda", "edda"))


def founded_recording(cast: Cast) -> Recording:
    """What Ben writes down for somebody, after the first answers."""
    row = recorded.begun(cast.ben)
    recorded.founded(row, cast.ben)
    return row


def everybody(cast: Cast) -> dict[str, made.Member]:
    """Who knocks, by the names of the table's columns."""
    people = {"own": cast.ben, "beside": cast.chloe, "far": admitted(cast, "nora", Role.CASEWORKER, "South")}
    people |= {"lead": cast.dana, "lawyer": cast.lena, "stranger": cast.tomas}
    return people | {login: admitted(cast, login, role) for login, role in STRANGERS.items()}


def browsers(members: dict[str, made.Member]) -> dict[str, Client]:
    """Everybody signed in, in the order of the table's columns."""
    locked = members["own"].browser()
    locked.post("/desk/lock/")
    return {"nobody": Client(), "locked": locked, **{name: one.browser() for name, one in members.items()}}


def stamped(dossier: Dossier) -> None:
    """A time stamp came after the package."""
    row = dossier.stamps.get()
    row.token, row.got_on = authority().token(bytes(row.imprint), timezone.now()), today()
    row.save()


def arguments(dossier: Dossier, cast: Cast) -> dict[str, Any]:
    """What addresses may ask for, by the name of the parameter. Acts on a person are acts on Chloe."""
    case = dossier.case
    return {
        "reference": case.reference,
        "page": 1,
        "exhibit_id": case.exhibits.earliest("id").id,
        "key": route_key(made.ROUTES[0]),
        "number": dossier.number,
        "dossier_id": dossier.id,
        "iso2": "LT",
        "language": "be",
        "variant": "uj-en",
        "slug": "you",
        "person_id": cast.chloe.person.id,
        "cases:translate": {"number": 1, "language": "en"},
        "cases:certify": {"number": 1, "language": "en"},
        "cases:package-part": {"limit": 25, "number": 1},
        "cases:unassign": {"person_id": cast.ben.person.id},
        "care_id": uuid4(),
        "copy_id": uuid4(),
        "text_id": uuid4(),
        "session": "abc",
        **rows_of_the_admin(cast),
        "token": "A" * 43,
    }


def rows_of_the_admin(cast: Cast) -> dict[str, Any]:
    """A row of each register, and a list."""
    letter_texts.load()
    numbers.load()
    rows = {
        "people_person": cast.chloe.person.id,
        "jurisdictions_state": "LT",
        "cases_lettertemplate": LetterTemplate.objects.filter(language="be")[0].id,
        "intake_crisisnumber": CrisisNumber.objects.all()[0].id,
    }
    found: dict[str, Any] = {f"admin:{name}_change": {"object_id": key} for name, key in rows.items()}
    return found | {"admin:list": {"name": "address_form"}}


def address(name: str, known: dict[str, Any]) -> str:
    """The address of a route with the arguments that it asks for."""
    given = known | known.get(name, {})
    return reverse(name, kwargs={parameter: given[parameter] for parameter in parameters(name)})


def parameters(name: str) -> list[str]:
    """The parameters of a named route."""
    space, _, plain = name.rpartition(":")
    resolver = get_resolver().namespace_dict[space][1]
    return list(resolver.reverse_dict.getlist(plain)[0][0][0][1])
