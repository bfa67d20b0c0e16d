"""The recovery kit: made, printed, rehearsed and used; and what somebody gets who lacks a paper, a factor or a kit."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_otp.oath import TOTP
from shamir_mnemonic.wordlist import WORDLIST

from people import alarms, keys, opening, recovered, recovery, shares
from people.handing import hand_on
from people.models import Person, RecoveryShare, Role, SealedTOTPDevice
from people.organisation import NewPerson
from tests.factories.cast import Cast, Member, Survivor, found_cast
from tests.factories.kept import kept
from tests.factories.together import together
from vault import rotation
from vault.errors import Forged, NoGrant
from vault.keyring import Keyring
from vault.models import AuditEvent, Compartment, KeyPair, today

PAGE, SHARE, REHEARSAL, USE = (
    "/desk/recovery/",
    "/desk/recovery/share/",
    "/desk/recovery/rehearsal/",
    "/desk/recovery/use/",
)
PASSWORD = "the new lead's own words"
NEW = NewPerson("nadia", "Nadia", Role.LEAD, "North")
SECRET = b"twenty secret bytes!"


@dataclass(frozen=True)
class Kit:
    """A kit of two of three, whose custodians are ben, chloe and marek in this order of shares."""

    cast: Cast
    words: dict[str, list[str]]

    @property
    def pair(self) -> KeyPair:
        found = opening.kit()
        assert found is not None
        return found

    def paper(self, *logins: str) -> list[str]:
        """The words as they stand on paper, with numbers and line breaks."""
        return ["\n".join(f"{n}. {w.upper()}" for n, w in enumerate(self.words[one], 1)) for one in logins]

    def read(self, *logins: str) -> list[shares.Read]:
        return [shares.read(text, place) for place, text in enumerate(self.paper(*logins), 1)]


def make(cast: Cast) -> Kit:
    """Dana makes a kit; each custodian opens the own share."""
    people = [cast.ben, cast.chloe, cast.marek]
    recovery.make_kit(custodians=[one.person for one in people], needed=2, by=cast.dana.person, ring=cast.dana.ring)
    words = {}
    for one in people:
        share = recovery.share_of(one.person)
        assert share is not None
        words[one.person.login] = recovery.open_share(share=share, by=one.person, ring=one.ring)
    return Kit(cast, words)


@pytest.fixture
def kit(cast: Cast) -> Kit:
    """A fresh kit."""
    return kept("kit", lambda: make(cast))


def printed_words(page: str) -> list[str]:
    """The words of a share as the page to be printed shows them."""
    return re.findall(r"<li><span>\d+</span> <b>([a-z]+)</b></li>", page)


def typed(kit: Kit, *logins: str) -> dict[str, str]:
    return {f"share_{place}": text for place, text in enumerate(kit.paper(*logins), 1)}


def new_lead(client: Client, **changed: str) -> dict[str, str]:
    """What the new lead types, with a code for the secret that the page shows."""
    found = re.search(r"<pre>([A-Z2-7]{4}(?: [A-Z2-7]{4}){7})</pre>", client.get(USE).content.decode())
    assert found
    totp = TOTP(b32decode(found[1].replace(" ", "")), SealedTOTPDevice.STEP)
    totp.time = time.time()
    fields = {"name": "Nadia", "login": "nadia", "team": "North", "password": PASSWORD, "again": PASSWORD}
    return {**fields, "code": f"{totp.token():06d}", **changed}


# ---- making --------------------------------------------------------------------------------------------------------


def test_a_kit_opens_every_key_of_the_organisation_once_a_caseworker_has_signed_in(kit: Kit) -> None:
    ring = Keyring(shares.combine(kit.read("ben", "marek"), bytes(kit.pair.fingerprint)), kit.pair)
    for use in ("root", "leads", "intake"):
        assert ring.team(use).pair.use == use
    with pytest.raises(NoGrant):
        ring.team("caseworkers")
    hand_on(kit.cast.ben.ring)
    assert Keyring(ring.signer.seed, kit.pair).team("caseworkers").pair.use == "caseworkers"


def test_a_new_kit_takes_the_place_of_the_old_one(kit: Kit) -> None:
    first = kit.pair
    hand_on(kit.cast.ben.ring)
    second = make(kit.cast)
    hand_on(kit.cast.ben.ring)
    first.refresh_from_db()
    assert first.retired_on is not None
    assert second.pair.id != first.id
    assert not first.grants.exists()
    assert not RecoveryShare.objects.filter(pair=first).exclude(sealed=None).exists()
    assert not Compartment.objects.filter(kind="rehearsal", owner=first.id).exists()


def test_cases_come_to_the_new_kit_in_a_leads_session_and_the_old_shares_open_none(kit: Kit, amina: Survivor) -> None:
    old = Keyring(shares.combine(kit.read("ben", "chloe"), bytes(kit.pair.fingerprint)), kit.pair)
    account = Compartment.objects.get(kind="account", owner=amina.case.id)
    assert old.latest(account).secret
    newer = make(kit.cast)
    while rotation.step(kit.cast.dana.ring, seconds=5):
        pass
    hand_on(kit.cast.dana.ring)
    seed = shares.combine(newer.read("ben", "chloe"), bytes(newer.pair.fingerprint))
    newest = account.epochs.order_by("-number")[0]
    assert newest.grants.filter(recipient=newer.pair).exists()
    assert len(Keyring(seed, newer.pair).open_all(account)) == account.epochs.count() == 2
    assert not old.pair.grants.exclude(epoch__compartment__kind="key").exists()


def test_an_old_kit_put_back_by_sql_is_not_the_kit(kit: Kit) -> None:
    first = kit.pair
    second = make(kit.cast)
    KeyPair.objects.filter(id=second.pair.id).update(retired_on=first.made_on)
    KeyPair.objects.filter(id=first.id).update(retired_on=None)
    assert opening.kit() is None


@pytest.mark.parametrize(
    ("logins", "needed", "code"),
    [
        (["dana", "marek"], 2, "leads"),
        (["ben"], 1, "number"),
        (["ben", "ben"], 2, "number"),
        (["ben", "dana"], 3, "needed"),
        (["ben", "dana"], 1, "needed"),
    ],
)
def test_a_kit_that_would_not_protect_is_refused(cast: Cast, logins: list[str], needed: int, code: str) -> None:
    before = opening.kit()
    custodians = [getattr(cast, login).person for login in logins]
    with pytest.raises(recovery.BadKit, match=code):
        recovery.make_kit(custodians=custodians, needed=needed, by=cast.dana.person, ring=cast.dana.ring)
    assert opening.kit() == before


def test_nobody_without_the_root_makes_a_kit(cast: Cast) -> None:
    with pytest.raises(NoGrant):
        recovery.make_kit(
            custodians=[cast.ben.person, cast.dana.person], needed=2, by=cast.ben.person, ring=cast.ben.ring
        )


def chosen(cast: Cast) -> dict[str, Any]:
    return {"custodians": [str(one.person.id) for one in (cast.ben, cast.chloe, cast.marek)], "needed": "2"}


@pytest.mark.parametrize("code", ["", "000000"])
def test_the_page_makes_no_kit_without_the_second_factor(cast: Cast, dana: Member, code: str) -> None:
    before = opening.kit()
    page = dana.browser().post(PAGE, {**chosen(cast), "code": code}).content.decode()
    assert "There is a problem" in page
    assert opening.kit() == before


def test_the_page_makes_a_kit(cast: Cast, dana: Member) -> None:
    before, client = opening.kit(), dana.browser()
    assert client.post(PAGE, {**chosen(cast), "code": dana.code()}).status_code == 302
    assert opening.kit() != before
    event = AuditEvent.objects.get(action="recovery.kit_made")
    assert (event.actor, event.detail) == (dana.person.id, {"needed": 2, "total": 3})


def test_the_pages_of_the_kit_are_for_leads(cast: Cast) -> None:
    for path in (PAGE, REHEARSAL):
        assert cast.dana.browser().get(path).status_code == 200
        assert cast.ben.browser().get(path).status_code == 403
        assert cast.lena.browser().get(path).status_code == 403
        assert Client().get(path).status_code == 302


# ---- shares on paper -----------------------------------------------------------------------------------------------


def test_a_custodian_prints_the_share_and_proves_it(kit: Kit, ben: Member) -> None:
    client = ben.browser()
    page = client.post(SHARE, {"do": "open", "code": ben.code()})
    words = printed_words(page.content.decode())
    assert words == kit.words["ben"]
    assert page["Cache-Control"] == "no-store"
    proof = {"do": "prove", **{f"word_{place}": words[place - 1].upper() for place in recovery.PROOF}}
    assert client.post(SHARE, proof).status_code == 302
    share = RecoveryShare.objects.get(pair=kit.pair, custodian=ben.person)
    assert (share.sealed, share.printed_on is not None) == (None, True)
    assert not printed_words(client.post(SHARE, {"do": "open", "code": ben.code()}).content.decode())
    done = AuditEvent.objects.filter(subject=share.id).values_list("action", flat=True)
    assert {"recovery.share_opened", "recovery.share_printed"} == set(done)


@pytest.mark.parametrize("code", ["", "000000"])
def test_no_share_opens_without_the_second_factor(kit: Kit, ben: Member, code: str) -> None:
    page = ben.browser().post(SHARE, {"do": "open", "code": code}).content.decode()
    assert not printed_words(page)
    assert not [word for word in kit.words["ben"][4:] if f"<b>{word}</b>" in page]


def test_words_that_are_not_on_the_paper_prove_nothing(kit: Kit, ben: Member) -> None:
    words = kit.words["ben"]
    proof = {"do": "prove", "word_4": words[3], "word_11": words[10], "word_27": words[25]}
    if words[25] == words[26]:
        proof["word_27"] = "wrong"
    browser = ben.browser()
    before = browser.get(SHARE).content.decode()
    page = browser.post(SHARE, proof).content.decode()
    assert page.count("This is not the word") == 2  # in the summary and at the field
    assert times(words[26], page) == times(words[26], before)  # a page may use that word for itself
    assert recovery.share_of(ben.person).printed_on is None  # type: ignore[union-attr]


def times(word: str, page: str) -> int:
    """How often a page says a word, what was typed into its fields left out."""
    return len(re.findall(rf"\b{word}\b", re.sub(r'value="[^"]*"', "", page)))


def test_somebody_elses_share_is_no_page(kit: Kit) -> None:
    assert kit.cast.dana.browser().get(SHARE).status_code == 404
    assert kit.cast.lena.browser().get(SHARE).status_code == 404
    assert Client().get(SHARE).status_code == 302


def test_a_share_opens_with_the_custodians_own_key_only(kit: Kit) -> None:
    share = recovery.share_of(kit.cast.ben.person)
    assert share is not None
    with pytest.raises(Forged):
        recovery.open_share(share=share, by=kit.cast.dana.person, ring=kit.cast.dana.ring)
    RecoveryShare.objects.filter(id=share.id).update(number=9)
    share.refresh_from_db()
    with pytest.raises(Forged):
        recovery.open_share(share=share, by=kit.cast.ben.person, ring=kit.cast.ben.ring)


def test_a_share_that_the_root_did_not_make_is_refused(kit: Kit) -> None:
    """A writer to the database seals words of another kit to a custodian, who would print them."""
    share = recovery.share_of(kit.cast.ben.person)
    assert share is not None
    words = shares.split(bytes(32), needed=2, total=3)[0]
    forged = recovery._seal(share, words, kit.cast.chloe.ring.signer)
    RecoveryShare.objects.filter(id=share.id).update(sealed=forged)
    share.refresh_from_db()
    with pytest.raises(Forged):
        recovery.open_share(share=share, by=kit.cast.ben.person, ring=kit.cast.ben.ring)


def test_a_thief_with_database_and_secrets_finds_no_share_and_no_seed(kit: Kit, settings: Any) -> None:
    seed = shares.combine(kit.read("ben", "chloe"), bytes(kit.pair.fingerprint))
    needles = {"seed": seed, "hex": seed.hex().encode()}
    needles |= {login: " ".join(words[4:8]).encode() for login, words in kit.words.items()}
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                found |= in_cells(row, needles)
    for path in settings.SECRETS_DIR.rglob("*"):
        found |= {name for name, needle in needles.items() if needle in path.read_bytes()}
    assert found == set()


def in_cells(row: tuple[Any, ...], needles: dict[str, bytes]) -> set[str]:
    cells = [bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode() for cell in row]
    return {name for name, needle in needles.items() for cell in cells if needle in cell}


# ---- rehearsal -----------------------------------------------------------------------------------------------------


def test_a_rehearsal_proves_two_shares(kit: Kit, dana: Member) -> None:
    page = dana.browser().post(REHEARSAL, {**typed(kit, "chloe", "marek"), "code": dana.code()}).content.decode()
    assert "Shares 2 and 3 of 3 opened the test." in page
    event = AuditEvent.objects.get(action="recovery.rehearsed")
    assert (event.actor, event.detail) == (dana.person.id, {"shares": [2, 3]})
    assert "Last rehearsal" in dana.browser().get(PAGE).content.decode()


@pytest.mark.parametrize("code", ["", "000000"])
def test_no_rehearsal_without_the_second_factor(kit: Kit, dana: Member, code: str) -> None:
    dana.browser().post(REHEARSAL, {**typed(kit, "chloe", "marek"), "code": code})
    assert not AuditEvent.objects.filter(action="recovery.rehearsed").exists()


def test_a_wrong_word_is_named_by_its_place_with_the_nearest_one(kit: Kit, dana: Member) -> None:
    fields = typed(kit, "ben", "chloe")
    words = kit.words["chloe"]
    slip = words[6][:4] + "zz"
    fields["share_2"] = " ".join([*words[:6], slip, *words[7:]])
    page = dana.browser().post(REHEARSAL, {**fields, "code": dana.code()}).content.decode()
    assert f"Word 7, “{slip}”, is not in the list. Did you mean “{words[6]}”?" in page


def test_words_that_do_not_fit_together_say_which_share(kit: Kit, dana: Member) -> None:
    fields = typed(kit, "ben", "chloe")
    words = kit.words["ben"]
    other = next(word for word in WORDLIST if word != words[20])
    fields["share_1"] = " ".join([*words[:20], other, *words[21:]])
    page = dana.browser().post(REHEARSAL, {**fields, "code": dana.code()}).content.decode()
    assert '<a href="#id_share_1">Share 1</a>: Each word is in the list, but they do not fit together.' in page
    fields["share_1"] = " ".join(words[:-1])
    page = dana.browser().post(REHEARSAL, {**fields, "code": dana.code()}).content.decode()
    assert "These are 32 words." in page


def test_what_was_typed_in_a_rehearsal_is_kept_nowhere(kit: Kit, dana: Member) -> None:
    client = dana.browser()
    client.post(REHEARSAL, {**typed(kit, "ben"), "share_2": "", "code": dana.code()})
    client.post("/desk/lock/")
    client.post(REHEARSAL, typed(kit, "ben", "chloe"))  # arrives while the screen is locked
    page = client.post("/desk/unlock/", {"password": dana.password, "code": dana.code()}, follow=True).content.decode()
    assert not [word for word in kit.words["ben"][4:] if word.upper() in page]


@pytest.mark.parametrize(
    ("logins", "code"), [(["ben"], "few"), (["ben", "ben"], "twice"), ([], "few")], ids=["one", "twice", "none"]
)
def test_too_few_shares_make_nothing(kit: Kit, monkeypatch: pytest.MonkeyPatch, logins: list[str], code: str) -> None:
    def computed(*_: object) -> bytes:
        raise AssertionError("something was computed")

    monkeypatch.setattr(shares, "combine_mnemonics", computed)
    with pytest.raises(shares.BadSet, match=code):
        shares.combine(kit.read(*logins), bytes(kit.pair.fingerprint))


def test_shares_of_two_kits_make_nothing(kit: Kit) -> None:
    newer = make(kit.cast)
    mixed = [*newer.read("ben"), *kit.read("chloe")]
    with pytest.raises(shares.BadSet, match="mixed") as refused:
        recovered.rehearse(typed=mixed, by=kit.cast.dana.person)
    assert refused.value.share == 2


def test_a_whole_set_of_the_kit_before_opens_nothing(kit: Kit) -> None:
    make(kit.cast)
    with pytest.raises(shares.BadSet, match="other_kit"):
        recovered.rehearse(typed=kit.read("ben", "chloe"), by=kit.cast.dana.person)
    with pytest.raises(shares.BadSet, match="other_kit"):
        recovered.recover(typed=kit.read("ben", "chloe"), lead=NEW, password=PASSWORD, secret=SECRET)
    assert not Person.objects.filter(login="nadia").exists()


def test_errors_about_shares_hold_no_words() -> None:
    with pytest.raises(shares.BadShare) as wrong:
        shares.read("academic acid acne secretword", 1)
    assert "secretword" not in f"{wrong.value} {wrong.value!r} {wrong.value.args}"


# ---- recovery ------------------------------------------------------------------------------------------------------


def test_two_shares_make_a_lead_who_opens_the_accounts(kit: Kit, amina: Survivor) -> None:
    client = Client()
    page = client.post(USE, {**typed(kit, "ben", "marek"), **new_lead(client)}).content.decode()
    assert "The keys are open again" in page
    person = Person.objects.get(login="nadia")
    ring = Keyring(keys.open_seed(person.pair, PASSWORD), person.pair)
    assert [ring.team(use).pair.use for use in ("root", "leads", "intake")] == ["root", "leads", "intake"]
    with pytest.raises(NoGrant):
        ring.team("caseworkers")
    account = Compartment.objects.get(kind="account", owner=amina.case.id)
    assert ring.latest(account).secret
    event = AuditEvent.objects.get(action="recovery.used")
    assert (event.subject, event.detail["shares"]) == (person.id, [1, 3])
    assert kit.cast.dana.browser().get("/desk/").status_code == 200


def test_after_a_recovery_leads_are_asked_for_a_new_kit(kit: Kit, dana: Member) -> None:
    recovered.recover(typed=kit.read("ben", "chloe"), lead=NEW, password=PASSWORD, secret=SECRET)
    assert "Make a new kit" in dana.browser().get("/desk/").content.decode()
    make(kit.cast)
    assert "Make a new kit</a>" not in dana.browser().get("/desk/").content.decode()


def test_a_recovery_ends_nobodys_session(kit: Kit, ben: Member) -> None:
    client = ben.browser()
    recovered.recover(typed=kit.read("ben", "chloe"), lead=NEW, password=PASSWORD, secret=SECRET)
    assert client.get("/desk/").status_code == 200


def test_wrong_shares_are_recorded_and_an_alarm(kit: Kit) -> None:
    client = Client()
    lead = new_lead(client)
    page = client.post(USE, {**typed(kit, "ben"), "share_2": "", **lead}).content.decode()
    assert "There is a problem" in page
    client.post(USE, {**typed(kit, "ben", "ben"), **lead})
    assert AuditEvent.objects.filter(action="recovery.refused").count() == 2
    assert [alarm.code for alarm in alarms.waiting()] == ["recovery_tried"]
    assert not Person.objects.filter(login="nadia").exists()


def test_a_form_whose_shares_are_right_but_not_the_rest_makes_nobody(kit: Kit) -> None:
    client = Client()
    page = client.post(USE, {**typed(kit, "ben", "chloe"), **new_lead(client, code="000000")}).content.decode()
    assert "There is a problem" in page
    assert not AuditEvent.objects.filter(action__in=["recovery.used", "recovery.refused"]).exists()


def test_garbage_does_not_fill_the_trail(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovered, "COUNTED", 3)
    for _ in range(5):
        recovered.refused("word")
    assert AuditEvent.objects.filter(action="recovery.refused").count() == 3


def test_without_a_kit_there_is_nothing_to_use(cast: Cast) -> None:
    KeyPair.objects.filter(use="recovery").update(retired_on="2026-01-01")
    assert "share_1" not in Client().get(USE).content.decode()
    assert "no recovery kit yet" in cast.dana.browser().get(REHEARSAL).content.decode()


def test_the_sign_in_page_leads_to_recovery(kit: Kit) -> None:
    assert f'href="{USE}"' in Client().get("/desk/sign-in/").content.decode()


# ---- at the same moment --------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_who_prove_their_papers_at_once_open_the_portal(
    transactional_db: None, fresh_deployment: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "check", lambda: False)
    kit = make(found_cast())
    monkeypatch.undo()
    hand_on(kit.cast.chloe.ring)
    RecoveryShare.objects.filter(pair=kit.pair, number=3).update(printed_on=today(), sealed=None)

    def prove(member: Member) -> None:
        share = recovery.share_of(member.person)
        assert share is not None
        typed = [kit.words[member.person.login][place - 1] for place in recovery.PROOF]
        recovery.prove_printed(share=share, typed=typed, by=member.person, ring=member.ring)

    assert not opening.is_open()
    assert together(lambda: prove(kit.cast.ben), lambda: prove(kit.cast.chloe)) == [None, None]
    assert opening.is_open()
    assert AuditEvent.objects.filter(action="organisation.opened").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_caseworkers_who_sign_in_at_once_hand_a_key_on_once(transactional_db: None, fresh_deployment: None) -> None:
    kit = make(found_cast())
    assert sorted(together(*(lambda one=one: hand_on(one.ring) for one in (kit.cast.ben, kit.cast.chloe)))) == [0, 1]


@pytest.mark.django_db(transaction=True)
def test_of_two_kits_made_at_once_one_is_in_use(transactional_db: None, fresh_deployment: None) -> None:
    cast = found_cast()
    people = [cast.ben.person, cast.marek.person]

    def make_one(by: Member) -> None:
        recovery.make_kit(custodians=people, needed=2, by=by.person, ring=by.ring)

    assert together(lambda: make_one(cast.dana), lambda: make_one(cast.marek)) == [None, None]
    assert KeyPair.objects.filter(use="recovery", retired_on=None).count() == 1
