"""A copy of the database and the secret files, and then one person's password, one cookie, one table beside it."""

from __future__ import annotations

from collections import Counter

import pytest
from django.conf import settings
from django.test import Client

from cases.models import Case
from people import keys as passwords
from tests.attack import sql
from tests.factories import cast as made
from tests.factories.cast import Cast, Member, Survivor
from vault.envelope.errors import EnvelopeError
from vault.errors import VaultError
from vault.keyring import Keyring
from vault.models import Epoch, KeyPair, SealedSession
from vault.session import SessionStore

pytestmark = pytest.mark.django_db

OF_A_CASE = {"identity", "account", "messages", "work"}


def opened(ring: Keyring, case: Case) -> Counter[str]:
    """The epochs of a case that a keyring opens, by the kind of compartment."""
    found: Counter[str] = Counter()
    for epoch in Epoch.objects.filter(compartment__owner=case.id).select_related("compartment"):
        try:
            ring.open(epoch)
        except VaultError:
            continue
        found[epoch.compartment.kind] += 1
    return found


def test_one_caseworkers_password_opens_the_own_cases_and_nothing_sealed(
    told: Case, other: Survivor, ben: Member
) -> None:
    assert set(opened(ben.ring, told)) == OF_A_CASE
    assert set(opened(ben.ring, other.case)) == set()


def test_new_accounts_are_open_to_intake_staff_until_somebody_accepts(cast: Cast, amina: Survivor) -> None:
    assert set(opened(cast.chloe.ring, amina.case)) == OF_A_CASE
    made.assigned(amina, cast.ben)
    assert set(opened(cast.chloe.ring, amina.case)) == set()


def test_one_leads_password_opens_no_sealed_part(told: Case, other: Survivor, cast: Cast) -> None:
    for member in (cast.dana, cast.marek):
        assert set(opened(member.ring, told)) == set(opened(member.ring, other.case)) == OF_A_CASE


def test_two_leads_together_open_no_sealed_part_and_two_caseworkers_neither(told: Case, cast: Cast) -> None:
    """Shares A and B lie with different people: two of one kind have one share twice."""
    (epoch,) = Epoch.objects.filter(compartment__owner=told.id, compartment__kind="sealed").order_by("-number")[:1]
    reached = {
        one.person.login: {share for share in ("a", "b") if reaches(one.ring, epoch, share)}
        for one in (cast.ben, cast.chloe, cast.dana, cast.marek, cast.lena)
    }
    assert reached == {"ben": {"a"}, "chloe": {"a"}, "dana": {"b"}, "marek": {"b"}, "lena": set()}


def reaches(ring: Keyring, epoch: Epoch, share: str) -> bool:
    """Does a keyring open one share?"""
    try:
        ring.open_share(epoch, share)
    except VaultError:
        return False
    return True


def test_no_secret_file_opens_a_seed_or_a_grant(told: Case, cast: Cast) -> None:
    """The delegate's seed is the one secret file that is a key: it holds no grant."""
    seed = settings.WORKER_DELEGATE
    delegate = KeyPair.objects.get(use=KeyPair.Use.DELEGATE)
    assert seed is not None
    assert opened(Keyring(seed, delegate), told) == Counter()
    for pair in KeyPair.objects.exclude(password_seed=None):
        with pytest.raises(EnvelopeError):
            passwords.open_seed(pair, seed.hex())


def test_a_cookie_alone_is_nothing_without_the_row(ben: Member) -> None:
    browser = ben.browser()
    cookie = browser.cookies[settings.DESK_COOKIE_NAME].value
    sql.run("DELETE FROM vault_sealedsession")
    thief = Client()
    thief.cookies[settings.DESK_COOKIE_NAME] = cookie
    assert thief.get("/desk/")["Location"].startswith("/desk/sign-in/")


def test_the_session_table_alone_opens_no_session(ben: Member) -> None:
    ben.browser()
    rows = list(SealedSession.objects.all())
    assert any(row.seed_blob for row in rows)
    tries = [form for row in rows for form in (row.lookup, bytes(row.blob).hex(), bytes(row.seed_blob or b"").hex())]
    for text in tries:
        store = SessionStore(text)
        store.is_desk = True
        assert (store.load(), store.seed) == ({}, None)


def test_a_seed_moved_into_the_thiefs_own_session_does_not_open(cast: Cast) -> None:
    """A lawyer with a session of her own, and a pen at the database, puts Ben's sealed seed into it."""
    cast.ben.browser()
    (sealed,) = sql.ask("SELECT seed_blob FROM vault_sealedsession WHERE seed_blob IS NOT NULL")[0]
    lena = cast.lena.browser()
    sql.run("UPDATE vault_sealedsession SET seed_blob = %s", bytes(sealed))
    answer = lena.get("/desk/dossiers/")
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/desk/sign-in/", "/desk/unlock/"))


def test_a_session_given_to_another_person_by_sql_has_no_keys(cast: Cast, told: Case) -> None:
    """Everything that names a person in the session is sealed; the pair of the person's row is what SQL can change."""
    lena = cast.lena.browser()
    sql.run("UPDATE people_person SET role = 'lead' WHERE login = 'lena'")
    answer = lena.get(f"/desk/cases/{told.reference}/letters/")
    assert answer.status_code in (403, 409)
    assert opened(cast.lena.ring, told) == Counter()
