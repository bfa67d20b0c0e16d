"""The second word: with the number it opens what was sent since it was set, and nothing else ever does."""

from __future__ import annotations

from typing import Any

import pytest

from cases import keys, own
from cases.access import open_account
from cases.actions import second_word
from cases.actions.ending import close_access
from cases.actions.erasing import approve_erasing, request_erasing
from cases.actions.second_word import TRIES, is_long_enough, remove_word, set_word, try_word, word_of
from cases.errors import Refused
from cases.models import Case
from tests.factories.cast import Cast, Member, Survivor, first_contact, given, tell
from tests.factories.intruder import erase, overwrite, put_back
from vault.envelope.password import Cost
from vault.envelope.second import new_salt, plain, second_seed
from vault.envelope.seeds import public_of
from vault.errors import Forged, NoGrant, Unstated
from vault.keyring import Keyring
from vault.models import AuditEvent, Epoch, Grant, KeyPair, SealedValue
from vault.places import Place

WORD, OTHER = "Зялёны сад ля ракі", "сіняя лодка спіць"
STORY: dict[str, Any] = {"story": {"EPI-08": {"value": "двор за крамай", "lang": "be"}}}
LATER: dict[str, Any] = {"story": {"EPI-08": {"value": "яшчэ адно", "lang": "be"}}}


def texts(survivor: Survivor, word: str = WORD) -> list[str]:
    """The own words that the number and a word open, oldest first."""
    case = survivor.fresh()
    ring = try_word(case=case, receipt=survivor.ring, word=word)
    if ring is None:
        return ["wrong"]
    versions = own.read(case, survivor.ring, ring).versions
    return [str(each.sections["story"]["EPI-08"]["value"]) for each in versions if "story" in each.sections]


@pytest.fixture
def worded(amina: Survivor) -> Survivor:
    """Amina has set a word, and sent her account afterwards."""
    set_word(case=amina.fresh(), receipt=amina.ring, word=WORD)
    tell(amina, STORY)
    return amina


class TestReading:
    """What it opens."""

    def test_what_was_sent_since(self, worded: Survivor) -> None:
        assert texts(worded) == ["двор за крамай"]
        tell(worded, LATER)
        assert texts(worded) == ["двор за крамай", "яшчэ адно"]

    def test_not_what_was_sent_before(self, amina: Survivor) -> None:
        tell(amina, STORY)
        set_word(case=amina.fresh(), receipt=amina.ring, word=WORD)
        assert texts(amina) == []
        tell(amina, LATER)
        assert texts(amina) == ["яшчэ адно"]

    @pytest.mark.parametrize("typed", ["  зялёны   САД ля\nракі ", "Зялёны-сад-ля-ракі", "Зялёны сад, ля ракі."])
    def test_a_keyboard_may_write_it_differently(self, worded: Survivor, typed: str) -> None:
        assert texts(worded, typed) == ["двор за крамай"]

    def test_what_is_apart_stays_apart(self, worded: Survivor) -> None:
        second = KeyPair.objects.get(use=KeyPair.Use.SECOND)
        kinds = {each.epoch.compartment.kind for each in Grant.objects.filter(recipient=second)}
        assert kinds == {keys.ACCOUNT}

    def test_staff_go_on_as_before(self, worded: Survivor, cast: Cast) -> None:
        given(worded, cast.ben, cast.dana)
        tell(worded, LATER)
        account = open_account(worded.fresh(), by=cast.ben.person, ring=cast.ben.ring, purpose="reply")
        assert [each.number for each in account.versions] == [0, 1, 2]
        assert texts(worded) == ["двор за крамай", "яшчэ адно"]

    def test_a_record_taken_out_is_missed(self, worded: Survivor) -> None:
        ring = try_word(case=worded.fresh(), receipt=worded.ring, word=WORD)
        assert ring is not None
        erase(SealedValue.objects.filter(table="statement", field="story"))
        with pytest.raises(Forged):
            own.read(worded.fresh(), worded.ring, ring)


class TestWhoCannot:
    """The number without the word, the word without the number, the database."""

    def test_the_number_alone(self, worded: Survivor) -> None:
        assert keys.open_every(worded.fresh(), keys.ACCOUNT, worded.ring) == []
        with pytest.raises(NoGrant):
            keys.open_latest(worded.fresh(), keys.ACCOUNT, worded.ring)

    def test_a_wrong_word_is_recorded_by_the_day(self, worded: Survivor) -> None:
        assert texts(worded, OTHER) == ["wrong"]
        event = AuditEvent.objects.get(action="second_word.wrong")
        assert (event.at, event.actor, event.detail) == (None, None, {})

    def test_after_twenty_wrong_ones_no_word_is_looked_at(self, worded: Survivor) -> None:
        for _ in range(TRIES):
            try_word(case=worded.fresh(), receipt=worded.ring, word=OTHER)
        with pytest.raises(Refused) as caught:
            try_word(case=worded.fresh(), receipt=worded.ring, word=WORD)
        assert caught.value.code == "tries"

    def test_the_work_of_a_guess_is_that_of_a_password(
        self, worded: Survivor, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        found = word_of(worded.fresh(), worded.ring)
        assert found is not None
        price = settings.ARGON2
        assert found.cost == Cost(price["memory_kib"], price["iterations"], price["lanes"])
        tried: list[Cost] = []
        monkeypatch.setattr(
            "cases.second.second_seed",
            lambda own, word, salt, cost: tried.append(cost) or second_seed(own, word, salt, cost),
        )
        for word in (WORD, OTHER):
            try_word(case=worded.fresh(), receipt=worded.ring, word=word)
        assert tried == [found.cost, found.cost]

    def test_the_same_word_of_another_number(self, worded: Survivor) -> None:
        stranger = first_contact()
        found = word_of(worded.fresh(), worded.ring)
        assert found is not None
        assert found.ring(stranger.ring, WORD) is None

    def test_another_number_opens_nothing_of_it(self, worded: Survivor) -> None:
        stranger = first_contact()
        for act in (remove_word, lambda **given: set_word(word=OTHER, **given)):
            with pytest.raises(Forged):
                act(case=worded.fresh(), receipt=stranger.ring)

    def test_a_pair_that_somebody_put_in_its_place_is_granted_nothing(self, worded: Survivor) -> None:
        public = public_of(b"a" * 32)
        pair = KeyPair.objects.get(use=KeyPair.Use.SECOND)
        overwrite(pair, fingerprint=public.fingerprint, kem_public=public.kem, sign_public=public.sign)
        with pytest.raises(Unstated):
            tell(worded, LATER)

    def test_an_older_record_put_back_is_noticed(self, worded: Survivor) -> None:
        old = SealedValue.objects.get(table="case", field="second")
        remove_word(case=worded.fresh(), receipt=worded.ring)
        erase(SealedValue.objects.filter(table="case", field="second"))
        put_back(old)
        with pytest.raises(Forged):
            word_of(worded.fresh(), worded.ring)

    def test_it_signs_nothing(self, worded: Survivor) -> None:
        ring = try_word(case=worded.fresh(), receipt=worded.ring, word=WORD)
        assert ring is not None
        epoch = Epoch.objects.filter(compartment__kind=keys.ACCOUNT).order_by("number").last()
        opened = ring.open(epoch)
        value = opened.seal(Place("statement", "story", worded.case.id), b"{}", ring.signer)
        with pytest.raises(Unstated):
            opened.open(value)


class TestChanging:
    """Another word, or none."""

    def test_another_word_opens_what_the_former_opened(self, worded: Survivor) -> None:
        ring = try_word(case=worded.fresh(), receipt=worded.ring, word=WORD)
        set_word(case=worded.fresh(), receipt=worded.ring, word=OTHER, former=ring)
        assert texts(worded, OTHER) == ["двор за крамай"]
        assert texts(worded) == ["wrong"]
        tell(worded, LATER)
        assert texts(worded, OTHER) == ["двор за крамай", "яшчэ адно"]

    def test_without_the_former_it_cannot_be_exchanged(self, worded: Survivor) -> None:
        with pytest.raises(Refused) as caught:
            set_word(case=worded.fresh(), receipt=worded.ring, word=OTHER)
        assert caught.value.code == "is_set"
        assert texts(worded) == ["двор за крамай"]

    def test_removing_deletes_every_grant_and_needs_no_word(self, worded: Survivor) -> None:
        second = KeyPair.objects.get(use=KeyPair.Use.SECOND)
        remove_word(case=worded.fresh(), receipt=worded.ring)
        assert not Grant.objects.filter(recipient_id=second.id).exists()
        assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()
        assert word_of(worded.fresh(), worded.ring) is None
        assert texts(worded) == ["wrong"]
        tell(worded, LATER)
        set_word(case=worded.fresh(), receipt=worded.ring, word=WORD)
        assert texts(worded) == []

    def test_removing_none_does_nothing(self, amina: Survivor) -> None:
        remove_word(case=amina.fresh(), receipt=amina.ring)
        assert not AuditEvent.objects.filter(action__startswith="second_word").exists()

    @pytest.mark.parametrize("word", ["", "кароткае", "1 2 3 4 5 6 7 8 9", "-" * 40, "..........."])
    def test_a_short_one_is_refused(self, amina: Survivor, word: str) -> None:
        with pytest.raises(Refused):
            set_word(case=amina.fresh(), receipt=amina.ring, word=word)
        assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()

    def test_closing_the_number_takes_it_along(self, worded: Survivor) -> None:
        close_access(case=worded.fresh(), receipt=worded.ring)
        assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()
        assert not Grant.objects.filter(recipient=worded.case.receipt).exists()

    @pytest.mark.parametrize("is_told", [True, False])
    def test_erasing_leaves_nothing_of_it(self, amina: Survivor, ben: Member, dana: Member, is_told: bool) -> None:
        case = given(amina, ben, dana)
        set_word(case=case, receipt=amina.ring, word=WORD)
        if is_told:
            tell(amina, STORY)
        erasure = request_erasing(case=amina.fresh(), by=ben.person, ring=ben.ring, why="survivor_asked")
        approve_erasing(erasure=erasure, by=dana.person, ring=dana.ring, reference=case.reference)
        assert not KeyPair.objects.filter(use=KeyPair.Use.SECOND).exists()
        assert not Case.objects.exists()


class TestThief:
    """A copy of everything on the disks, the number, and no word."""

    def test_nothing_opens_but_by_guessing_at_the_cost_of_a_password(self, worded: Survivor) -> None:
        """The thief has every row and the receipt's seed, and tries each key there is on each grant of the account."""
        epochs = Epoch.objects.filter(compartment__kind=keys.ACCOUNT, compartment__owner=worded.case.id)
        pair = KeyPair.objects.get(use=KeyPair.Use.SECOND)
        found = word_of(worded.fresh(), worded.ring)
        assert found is not None
        for seed in (worded.keys.seed, worded.keys.tag, found.salt * 2, bytes(32)):
            with pytest.raises(Forged):
                Keyring(seed, pair)
        for epoch in epochs:
            with pytest.raises(NoGrant):
                worded.ring.open(epoch)
        guess = second_seed(worded.keys.seed, WORD, found.salt, found.cost)
        assert Keyring(guess, pair).open(epochs.order_by("number").last())

    def test_without_the_number_the_right_word_is_nothing(self, worded: Survivor) -> None:
        found = word_of(worded.fresh(), worded.ring)
        assert found is not None
        for seed in (bytes(32), first_contact().keys.seed):
            assert found.ring_of(second_seed(seed, WORD, found.salt, found.cost)) is None


def test_a_word_has_ten_letters_at_least() -> None:
    assert [is_long_enough(each) for each in ("абвгдежзік", "абвгдежзі", "аб вг де жз ік")] == [True, False, True]
    assert plain("Сад’е - ЎЎ\u0443\u0306") == plain("сад'е ўўў") == "саде ўўў"


def test_each_salt_makes_another_seed() -> None:
    cost = Cost(8, 1, 1)
    seeds = {second_seed(bytes(32), WORD, new_salt(), cost) for _ in range(3)}
    assert len(seeds) == 3
    assert second_word.SHORTEST == 10
