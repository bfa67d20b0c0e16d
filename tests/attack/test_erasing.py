"""A case was erased. Who kept yesterday's rows and files, and holds every key there is, reads nothing of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from shamir_mnemonic import combine_mnemonics

from cases.actions.erasing import approve_erasing, request_erasing
from cases.models import Case
from intake.visit import Visit
from tests.factories import cast as made
from tests.factories.cast import Cast, Survivor
from tests.factories.walk import Walk, fields_of, text_of
from vault.envelope.aead import open_value
from vault.envelope.compartment import compartment_key
from vault.envelope.encoding import pack
from vault.envelope.errors import EnvelopeError
from vault.envelope.shares import join
from vault.errors import VaultError
from vault.keyring import Keyring
from vault.models import AuditBatch, Epoch, EraseShare, Grant, KeyPair, SealedValue
from vault.places import place_of

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n" + b"x" * 20_000


@dataclass(frozen=True)
class Yesterday:
    """A full copy of the day before the erasing: every row and every file."""

    case: Case
    rows: list[models.Model]
    files: Path

    @property
    def shares(self) -> list[EraseShare]:
        """The small table, which a long backup leaves out."""
        return [row for row in self.rows if isinstance(row, EraseShare)]

    def put_back(self, *, shares: bool) -> None:
        """Insert what is gone today, and lay the files where they were."""
        for row in self.rows:
            if (shares or not isinstance(row, EraseShare)) and not type(row)._base_manager.filter(pk=row.pk).exists():
                row.save(force_insert=True)
        shutil.copytree(self.files, settings.FILES_DIR, dirs_exist_ok=True)


@pytest.fixture
def told(cast: Cast, amina: Survivor) -> Case:
    made.assigned(amina, cast.ben)
    made.tell(amina, files=(("a.pdf", "application/pdf", PDF),))
    made.confirmed(amina, cast.ben)
    made.write(amina, "Ліст")
    return amina.fresh()


@pytest.fixture
def yesterday(told: Case, cast: Cast, tmp_path: Path, django_capture_on_commit_callbacks: Any) -> Yesterday:
    """Copied, then erased."""
    kept = Yesterday(told, list(all_rows()), tmp_path / "kept")
    shutil.copytree(settings.FILES_DIR, kept.files)
    erasure = request_erasing(case=told, by=cast.ben.person, ring=cast.ben.ring, why="survivor_asked")
    with django_capture_on_commit_callbacks(execute=True):
        approve_erasing(erasure=erasure, by=cast.dana.person, ring=cast.dana.ring, reference=told.reference)
    assert not list(Path(settings.FILES_DIR).glob("??/*"))
    return kept


def all_rows() -> Iterator[models.Model]:
    """Every row but the audit trail and tombstones, which an erasing leaves as they are."""
    for model in apps.get_models():
        if model._meta.app_label in ("vault", "people", "cases") and "Audit" not in model.__name__:
            yield from model._base_manager.all()


def rings(cast: Cast, amina: Survivor) -> list[Keyring]:
    """Every seed of the organisation, the recovery seed from its printed shares, and the survivor's code."""
    members = (cast.ben, cast.chloe, cast.dana, cast.marek, cast.lena, cast.tomas)
    seed = combine_mnemonics(cast.founded.recovery_shares[:2])
    recovery = Keyring(seed, KeyPair.objects.get(use=KeyPair.Use.RECOVERY))
    own = Keyring(amina.keys.seed, KeyPair.objects.get(id=amina.case.receipt_id))
    return [*(member.ring for member in members), recovery, own]


def secrets_of(epoch: Epoch, everybody: list[Keyring]) -> set[bytes]:
    """What the grants of an epoch give to all of them together; two shares are joined."""
    found: dict[str, set[bytes]] = {share: set() for share in Grant.Share.values}
    for ring in everybody:
        for share, secrets in found.items():
            try:
                secrets.add(ring.open_share(epoch, share))
            except VaultError:
                continue
    return found["whole"] | {join(a, b) for a in found["a"] for b in found["b"]}


def guesses() -> list[bytes]:
    """Every 32 bytes that lie about and might serve as an erase share."""
    found = [bytes(32), sha256(b"").digest()]
    found += [bytes(row.share) for row in EraseShare.objects.all()]
    found += [bytes(pair.fingerprint) for pair in KeyPair.objects.all()]
    found += [bytes(batch.digest) for batch in AuditBatch.objects.all()]
    found += [
        bytes.fromhex(word) for path in settings.SECRETS_DIR.iterdir() if len(word := path.read_text().strip()) == 64
    ]
    return list(dict.fromkeys(found))


def read_by(everybody: list[Keyring], case: Case, tried: Iterable[bytes]) -> tuple[int, int]:
    """How many sealed values of the case there are and how many open, with plain cryptography and no row believed."""
    values = SealedValue.objects.filter(epoch__compartment__owner=case.id).select_related("epoch__compartment")
    keys = {epoch: list(keys_of(epoch, everybody, list(tried))) for epoch in {value.epoch for value in values}}
    return len(values), sum(any(opens(value, key) for key in keys[value.epoch]) for value in values)


def keys_of(epoch: Epoch, everybody: list[Keyring], tried: list[bytes]) -> Iterator[bytes]:
    context = pack(settings.DEPLOYMENT, epoch.compartment_id.bytes, epoch.number)
    for secret in secrets_of(epoch, everybody):
        yield secret
        yield from (compartment_key(secret, share, context) for share in (*tried, secret))


def opens(value: SealedValue, key: bytes) -> bool:
    try:
        open_value(key, bytes(value.blob), place_of(value).context(value.epoch))
    except EnvelopeError:
        return False
    return True


def test_a_long_backup_and_all_keys_open_nothing(yesterday: Yesterday, cast: Cast, amina: Survivor) -> None:
    yesterday.put_back(shares=False)
    values, opened = read_by(rings(cast, amina), yesterday.case, guesses())
    assert values > 8
    assert opened == 0


def test_the_same_thief_reads_everything_with_the_shares(yesterday: Yesterday, cast: Cast, amina: Survivor) -> None:
    """The tries are real; and this is what a short backup still gives for fourteen days."""
    yesterday.put_back(shares=False)
    values, opened = read_by(rings(cast, amina), yesterday.case, [bytes(row.share) for row in yesterday.shares])
    assert opened == values > 8


@pytest.mark.parametrize("shares", [False, True])
def test_rows_that_are_put_back_do_not_open_here(
    yesterday: Yesterday, cast: Cast, amina: Survivor, shares: bool
) -> None:
    """Even with the shares: the audit trail remembers that the case was erased."""
    yesterday.put_back(shares=shares)
    for member in (cast.ben, cast.dana):
        client = member.browser()
        for page in ("", "account/", "letters/", "facts/", "erasing/"):
            answer = client.get(f"/desk/cases/{yesterday.case.reference}/{page}")
            assert answer.status_code == 409, page
            assert "A record does not verify" in answer.content.decode()


def test_without_shares_no_keyring_opens_an_epoch(yesterday: Yesterday, cast: Cast, amina: Survivor) -> None:
    yesterday.put_back(shares=False)
    for epoch in Epoch.objects.filter(compartment__owner=yesterday.case.id):
        for ring in rings(cast, amina):
            with pytest.raises(VaultError):
                ring.open(epoch)


def test_the_code_gets_the_answer_of_any_unknown_code(yesterday: Yesterday, amina: Survivor) -> None:
    answers = {}
    for code in (amina.code, made.new_code()):
        answer = Walk("be").fill("back/", {"code": code.digits})
        answers[answer.status_code, text_of(answer.content.decode()).replace(code.digits, "")] = code
    ((status, words),) = answers
    assert status == 400
    assert "Калі тое, што вы даслалі, было сцёрта, пад яго нумарам нічога не засталося." in words


def test_a_survivor_who_is_reading_right_then_is_let_out_and_may_begin_anew(
    told: Case, cast: Cast, amina: Survivor
) -> None:
    walk = Walk("be")
    walk.fill("back/", {"code": amina.code.digits})
    assert "page/" in walk.client.get("/be/page/").request["PATH_INFO"]
    erasure = request_erasing(case=told, by=cast.ben.person, ring=cast.ben.ring, why="survivor_asked")
    approve_erasing(erasure=erasure, by=cast.dana.person, ring=cast.dana.ring, reference=told.reference)
    assert walk.client.get("/be/page/")["Location"] == "/be/back/"
    assert walk.client.get("/be/back/").status_code == 200
    assert walk.client.get("/be/q/1/").status_code == 200


def test_words_that_arrive_right_after_the_erasing_are_shown_again(
    told: Case, cast: Cast, amina: Survivor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The visit has found the case; then it is erased; then the letter is written."""
    walk = Walk("be")
    walk.fill("back/", {"code": amina.code.digits})
    form = fields_of(walk.read("page/letter/"))
    found = (told, amina.ring)
    erasure = request_erasing(case=told, by=cast.ben.person, ring=cast.ben.ring, why="survivor_asked")
    approve_erasing(erasure=erasure, by=cast.dana.person, ring=cast.dana.ring, reference=told.reference)
    monkeypatch.setattr(Visit, "case_and_ring", lambda visit: found)
    answer = walk.post("page/letter/", form | {"letter": "Ліст пасля", "do": "go"})
    assert answer.status_code == 403
    assert "Ліст пасля" in answer.content.decode()
