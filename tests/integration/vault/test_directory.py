"""The directory: nothing is sealed to a key, and nothing it signed counts, unless the root says whose it is."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories.cast import Cast
from tests.factories.intruder import Intruder, erase, overwrite
from vault import worker
from vault.directory import REVOKED, ROOT_FILE, is_root, known_root, new_pair, state, statement_for, withdraw
from vault.envelope.seeds import new_seed, public_of
from vault.errors import Unstated
from vault.events import record
from vault.models import KeyPair, Revocation, Statement, today
from vault.recipients import Recipient, held, organisation, organisations, recorded, stated

DAY = timedelta(days=1)


def test_everybody_is_stated_in_the_role_that_the_root_signed(cast: Cast) -> None:
    roles = {name: stated(getattr(cast, name).person.pair).role for name in ("ben", "dana", "lena")}
    assert roles == {"ben": "caseworker", "dana": "lead", "lena": "lawyer"}
    assert stated(cast.ben.person.pair).holder == cast.ben.person.id


@pytest.mark.parametrize("half", ["kem_public", "sign_public", "both"])
def test_a_public_half_replaced_while_the_id_stays_is_refused(cast: Cast, half: str) -> None:
    pair, other = cast.ben.person.pair, public_of(new_seed())
    halves = {"kem_public": other.kem, "sign_public": other.sign}
    overwrite(pair, **(halves if half == "both" else {half: halves[half]}))
    pair.refresh_from_db()
    with pytest.raises(Unstated):
        stated(pair)


def test_halves_and_fingerprint_replaced_together_have_no_statement(cast: Cast) -> None:
    pair, other = cast.ben.person.pair, public_of(new_seed())
    overwrite(pair, kem_public=other.kem, sign_public=other.sign, fingerprint=other.fingerprint)
    pair.refresh_from_db()
    with pytest.raises(Unstated):
        stated(pair)


@pytest.mark.parametrize("broken", [b"", b"short", bytes(31), bytes(2000)])
def test_halves_of_any_length_are_refused_and_nothing_breaks(cast: Cast, broken: bytes) -> None:
    pair = cast.ben.person.pair
    overwrite(pair, kem_public=broken, sign_public=broken)
    pair.refresh_from_db()
    with pytest.raises(Unstated):
        stated(pair)


@pytest.mark.parametrize("use", ["person", "intake", "worker", "delegate"])
def test_a_row_without_a_statement_is_refused(cast: Cast, use: str) -> None:
    with pytest.raises(Unstated):
        stated(Intruder(use).pair)


def test_a_statement_that_somebody_else_signed_is_none(cast: Cast) -> None:
    intruder, friend = Intruder(), Intruder()
    friend.states(intruder.pair, use="person", role="lead")
    intruder.states(intruder.pair, use="person", role="lead")
    state(
        pair=intruder.pair, holder=None, use="person", role="lead", from_on=today(), until_on=None,
        signer=cast.dana.ring.signer,
    )  # fmt: skip
    with pytest.raises(Unstated):
        stated(intruder.pair)


def test_a_second_root_in_the_table_states_nothing(cast: Cast) -> None:
    root, intruder = Intruder("root"), Intruder()
    root.states(intruder.pair, use="person", role="lead")
    root.states(root.pair, use="root")
    assert not is_root(root.pair)
    with pytest.raises(Unstated):
        stated(intruder.pair)


def test_the_root_is_the_one_of_the_environment(cast: Cast, settings: object) -> None:
    settings.ROOT_FINGERPRINT = public_of(new_seed()).fingerprint  # type: ignore[attr-defined]
    with pytest.raises(Unstated):
        stated(cast.ben.person.pair)
    settings.ROOT_FINGERPRINT = None  # type: ignore[attr-defined]
    (settings.SECRETS_DIR / ROOT_FILE).unlink()  # type: ignore[attr-defined]
    with pytest.raises(Unstated):
        stated(cast.ben.person.pair)


def test_a_process_that_began_before_the_first_run_learns_the_root_from_beside_the_secrets(
    cast: Cast, settings: object
) -> None:
    settings.ROOT_FINGERPRINT = None  # type: ignore[attr-defined]
    assert stated(cast.ben.person.pair).holder == cast.ben.person.id
    assert cast.founded.root_fingerprint == settings.ROOT_FINGERPRINT  # type: ignore[attr-defined]


@pytest.mark.parametrize("written", ["", "00", "zz" * 32, "ж" * 32])
def test_half_a_written_fingerprint_is_none(cast: Cast, settings: object, written: str) -> None:
    settings.ROOT_FINGERPRINT = None  # type: ignore[attr-defined]
    (settings.SECRETS_DIR / ROOT_FILE).write_text(written, "utf-8")  # type: ignore[attr-defined]
    assert known_root() is None


def test_a_statement_moved_to_another_key_is_none(cast: Cast) -> None:
    intruder = Intruder()
    overwrite(Statement.objects.get(pair=cast.dana.person.pair), pair=intruder.pair)
    with pytest.raises(Unstated):
        stated(intruder.pair)


@pytest.mark.parametrize(
    "column", [{"role": "lead"}, {"holder": None}, {"use": "intake"}, {"from_on": today() - DAY}, {"until_on": today()}]
)
def test_no_column_of_a_statement_can_be_changed(cast: Cast, column: dict[str, object]) -> None:
    overwrite(Statement.objects.get(pair=cast.ben.person.pair, role="caseworker"), **column)
    with pytest.raises(Unstated):
        stated(cast.ben.person.pair, roles={"caseworker", "lead"})


def test_a_statement_for_another_use_does_not_help(cast: Cast) -> None:
    with pytest.raises(Unstated):
        stated(cast.ben.person.pair, {"intake", "worker"})
    with pytest.raises(Unstated):
        statement_for(organisation("intake").pair, {"person"})


@pytest.mark.parametrize(
    ("since", "until", "is_good"), [(-9, -1, False), (1, None, False), (-1, 0, True), (0, None, True)]
)
def test_a_statement_counts_on_its_days_only(cast: Cast, since: int, until: int | None, is_good: bool) -> None:
    pair = new_pair(new_seed(), "person")
    state(
        pair=pair, holder=None, use="person", role="lead", from_on=today() + since * DAY,
        until_on=None if until is None else today() + until * DAY, signer=cast.dana.ring.team("root").signer,
    )  # fmt: skip
    if is_good:
        assert stated(pair, roles={"lead"}).pair == pair
    else:
        with pytest.raises(Unstated):
            stated(pair, roles={"lead"})


class TestDelegate:
    """A host's delegate states workers, and nothing else."""

    def test_it_states_the_half_of_its_host(self, cast: Cast) -> None:
        assert statement_for(worker.ensure().pair, {"worker"}).signer.use == "delegate"

    @pytest.mark.parametrize("use", ["person", "intake", "leads", "delegate", "root"])
    def test_it_states_no_other_use(self, cast: Cast, settings: object, use: str) -> None:
        signer = worker.delegate(settings.WORKER_DELEGATE)  # type: ignore[attr-defined]
        intruder = Intruder(use)
        state(
            pair=intruder.pair, holder=None, use=use, role="lead", from_on=today(), until_on=None, signer=signer
        )  # fmt: skip
        with pytest.raises(Unstated):
            stated(intruder.pair)

    def test_a_half_states_no_further_half(self, cast: Cast) -> None:
        half, other = worker.ensure(), Intruder("worker")
        state(
            pair=other.pair, holder=None, use="worker", role="", from_on=today(), until_on=None, signer=half.signer
        )  # fmt: skip
        with pytest.raises(Unstated):
            stated(other.pair)

    def test_a_delegate_that_the_root_has_not_stated_admits_no_worker(self, cast: Cast) -> None:
        delegate, half = Intruder("delegate"), Intruder("worker")
        delegate.states(half.pair, use="worker")
        delegate.states(delegate.pair, use="delegate")
        with pytest.raises(Unstated):
            stated(half.pair)


class TestRecipient:
    """What may be sealed to is proved when it is made."""

    def test_it_cannot_be_built_by_hand(self, cast: Cast) -> None:
        pair = Intruder().pair
        for proof in (None, object(), True):
            with pytest.raises(Unstated):
                Recipient(pair, bytes(pair.kem_public), bytes(pair.fingerprint), proof=proof)

    def test_holding_a_seed_is_a_proof_for_its_own_pair_only(self, cast: Cast) -> None:
        intruder = Intruder()
        assert held(intruder.seed, intruder.pair).pair == intruder.pair
        with pytest.raises(Unstated):
            held(intruder.seed, cast.ben.person.pair)

    def test_a_held_pair_whose_half_was_replaced_is_refused(self, cast: Cast) -> None:
        own, other = Intruder(), Intruder()
        overwrite(own.pair, kem_public=bytes(other.pair.kem_public))
        own.pair.refresh_from_db()
        with pytest.raises(Unstated):
            held(own.seed, own.pair)

    def test_a_recorded_fingerprint_must_fit_the_halves_and_the_row(self, cast: Cast) -> None:
        pair = Intruder().pair
        known = bytes(pair.fingerprint)
        assert recorded(pair, known).fingerprint == known
        with pytest.raises(Unstated):
            recorded(pair, bytes(32))
        overwrite(pair, fingerprint=bytes(32))
        pair.refresh_from_db()
        for claimed in (known, bytes(32)):
            with pytest.raises(Unstated):
                recorded(pair, claimed)


def test_an_organisation_key_needs_its_statement(cast: Cast) -> None:
    Intruder("leads")
    own = organisation("leads").pair
    erase(Statement.objects.filter(pair=own))
    with pytest.raises(Unstated):
        organisation("leads")


@pytest.mark.parametrize("known_by", ["the row", "the audit trail"])
def test_a_revoked_organisation_key_is_not_in_use(cast: Cast, known_by: str) -> None:
    own = organisations("intake", "leads")["leads"].pair
    if known_by == "the row":
        Revocation.objects.create(pair=own, signer=own, signature=bytes(64))  # whoever writes rows may destroy
    else:
        record(REVOKED, "keypair", own.id, by=None)
    assert organisations("intake")["intake"].pair.use == "intake"
    with pytest.raises(Unstated):
        organisations("intake", "leads")


@pytest.mark.parametrize("half", ["kem_public", "sign_public", "fingerprint"])
def test_an_organisation_key_with_another_half_is_not_in_use(cast: Cast, half: str) -> None:
    own, other = organisation("leads").pair, public_of(new_seed())
    halves = {"kem_public": other.kem, "sign_public": other.sign, "fingerprint": other.fingerprint}
    overwrite(own, **{half: halves[half]})
    with pytest.raises(Unstated):
        organisation("leads")


def test_a_newer_row_does_not_stand_before_a_stated_one(cast: Cast) -> None:
    intruder = Intruder("intake")
    overwrite(intruder.pair, made_on=today() + 9 * DAY)
    assert organisation("intake").pair != intruder.pair
    assert KeyPair.objects.filter(use="intake").count() == 2


@pytest.fixture
def two(cast: Cast) -> tuple[Statement, Statement]:
    """Lena's own statement, and one as a lead until the end of the month."""
    lena, root = cast.lena.person, cast.dana.ring.team("root").signer
    until = today() + timedelta(days=20)
    extra = state(
        pair=lena.pair, holder=lena.id, use="person", role="lead", from_on=today(), until_on=until, signer=root
    )
    return statement_for(lena.pair, {"person"}, roles={"lawyer"}), extra


def test_a_pair_may_have_two_roles_and_the_one_asked_for_is_found(two: tuple[Statement, Statement]) -> None:
    for statement in two:
        assert statement_for(statement.pair, {"person"}, roles={statement.role}) == statement
    with pytest.raises(Unstated):
        statement_for(two[0].pair, {"person"}, roles={"caseworker"})


def test_a_statement_with_a_last_day_does_not_say_who_somebody_is(two: tuple[Statement, Statement]) -> None:
    """The own statement is broken; the one as a lead still verifies, and answers whoever asks for a lead only."""
    own, extra = two
    overwrite(own, signature=bytes(64))
    assert statement_for(own.pair, {"person"}, roles={"lead"}) == extra
    with pytest.raises(Unstated):
        statement_for(own.pair, {"person"})


def test_a_withdrawn_statement_ends_and_the_other_stays(two: tuple[Statement, Statement]) -> None:
    own, extra = two
    withdraw(extra)
    assert statement_for(own.pair, {"person"}) == own
    with pytest.raises(Unstated):
        statement_for(own.pair, {"person"}, roles={"lead"})


def test_a_withdrawn_statement_put_back_is_not_believed(two: tuple[Statement, Statement]) -> None:
    """Somebody kept the row, and writes to the database; a new id does not help."""
    extra = two[1]
    withdraw(extra)
    extra.id = uuid4()
    extra.save(force_insert=True)
    with pytest.raises(Unstated):
        statement_for(extra.pair, {"person"}, roles={"lead"})


def test_what_has_no_last_day_is_not_withdrawn(two: tuple[Statement, Statement]) -> None:
    with pytest.raises(ValueError, match="no last day"):
        withdraw(two[0])
