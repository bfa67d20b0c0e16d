"""search.scan: a lead searches 5 000 cases through the slices of the page, against bare decryption of the same records.

A case has what an accepted one has: 10 epochs, an account of about 9 000 letters in two versions, six letters, facts,
two exhibits' names, heads of both kinds, and a sealed part that is hashed and never opened. Bare: one reading of the
rows by plain statements, the HPKE seal of each grant, each value, its JSON. SQLite in a file; processor time, as both
do nothing but compute.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

NAME = "search.scan"
CASES = int(os.environ.get("BENCH_CASES", "5000"))
GOAL = 0.5  # of the speed of bare decryption
LOOKED = {"statement", "message", "exhibit", "facts", "hold"}  # the tables whose records are looked through here
WANTED, EVERY = "Aliaksandr Kavaliou", 500  # in one of so many cases
TEXT = Path(__file__).parents[1] / "tests" / "factories" / "account_be.txt"


def run() -> Iterator[dict[str, object]]:
    """Measure in a process of its own, on a SQLite file as embedded deployments have it."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=Path.cwd() / "var") as folder:
        environment = os.environ | {"PORTAL_STATE_DIR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        subprocess.run([sys.executable, "manage.py", "make_secrets"], env=environment, check=True, capture_output=True)
        command = [sys.executable, "-m", "bench.search"]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    yield json.loads(done.stdout.splitlines()[-1])


def measure() -> dict[str, object]:
    """Search slice by slice with fresh keys, as requests have them; after each slice open its cases bare."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from tests.factories.cast import found_cast

    cast = found_cast()
    _fill(cast)
    return _search(cast.dana.person, cast.dana.seed)


def _search(lead: Any, seed: bytes) -> dict[str, object]:
    from cases.models import Case
    from cases.search.slices import Scope, step
    from vault.keyring import Keyring
    from vault.models import KeyPair

    ours = floor = longest = 0.0
    after, hits, records, slices, is_over = "", 0, 0, 0, False
    while not is_over:
        started, clock = time.process_time(), time.perf_counter()
        found = step(Scope(WANTED, "assessment"), by=lead, ring=Keyring(seed, lead.pair), after=after)
        ours += time.process_time() - started
        longest, slices = max(longest, time.perf_counter() - clock), slices + 1
        hits += len(found.found)
        assert not [*found.broken, *found.without_key]
        cases = Case.objects.filter(reference__gt=after, reference__lte=found.last).values_list("id", flat=True)
        ids, ring = list(cases), Keyring(seed, lead.pair)
        pair = KeyPair.objects.get(use=KeyPair.Use.LEADS)
        teams = {pair.id: (bytes(pair.fingerprint), ring.opener(pair))}
        started = time.process_time()
        records += sum(_bare(ids[start : start + 25], teams) for start in range(0, len(ids), 25))
        floor += time.process_time() - started
        after, is_over = found.last, found.is_over
    assert hits == CASES // EVERY, hits
    return {
        "name": NAME, "ratio": round(floor / ours, 3), "goal": GOAL, "ok": floor / ours >= GOAL, "cases": CASES,
        "records": records, "ours_s": round(ours, 2), "floor_s": round(floor, 2), "slices": slices,
        "longest_slice_s": round(longest, 2), "cases_per_second": round(CASES / ours),
    }  # fmt: skip


def _bare(cases: list[UUID], teams: dict[UUID, Any]) -> int:
    """Open the records of some cases with plain statements and library calls; returns how many there were."""
    from django.conf import settings
    from django.db import connection

    from vault.envelope.aead import open_value
    from vault.envelope.compartment import compartment_key
    from vault.envelope.encoding import pack

    def ask(text: str, values: list[Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(text.replace("?", ", ".join(["%s"] * len(values))), values)
            return cursor.fetchall()

    epochs = ask(
        "SELECT e.id, e.number, c.id, c.kind, c.owner, s.share FROM vault_epoch e JOIN vault_compartment c"
        " ON c.id = e.compartment_id JOIN vault_eraseshare s ON s.epoch_id = e.id WHERE c.owner IN (?)"
        " AND c.kind IN ('identity', 'account', 'messages', 'work')",
        [case.hex for case in cases],
    )
    known = {row[0]: row for row in epochs}
    grants = ask(
        "SELECT id, epoch_id, recipient_id, sealed, purpose, share FROM vault_grant WHERE epoch_id IN (?)", list(known)
    )
    by_hex, keys = {pair.hex: held for pair, held in teams.items()}, {}
    for row, epoch, recipient, sealed, purpose, share in grants:
        if recipient in by_hex:
            _, number, room, kind, owner, erase_share = known[epoch]
            (fingerprint, opener), place = by_hex[recipient], UUID(room).bytes
            info = pack("grant", settings.DEPLOYMENT, place, kind, UUID(owner).bytes, number)
            info += pack(fingerprint, UUID(row).bytes, purpose, share, None)
            secret = opener.open(sealed, info)
            keys[epoch] = compartment_key(secret, erase_share, pack(settings.DEPLOYMENT, place, number)), place, number
    values = ask(
        'SELECT epoch_id, "table", field, "row", version, blob FROM vault_sealedvalue WHERE epoch_id IN (?)', list(keys)
    )
    values = [each for each in values if each[1] in LOOKED]  # asked in SQL, SQLite would go by the table's index
    for epoch, table, field, row, version, blob in values:
        key, place, number = keys[epoch]
        context = pack("value", settings.DEPLOYMENT, table, field, UUID(row).bytes, version, place, number)
        json.loads(open_value(key, blob, context))
    return len(values)


def _fill(cast: Any) -> None:
    """Cases with real keys, seals, signatures and heads."""
    from django.db import transaction

    chance, sentences = random.Random(6), TEXT.read_text(encoding="utf-8").split(". ")
    pool = ". ".join(f"{chance.choice(sentences)} {chance.randrange(10_000)}" for _ in range(10_000))
    team = _team(cast)
    for start in range(0, CASES, 250):
        with transaction.atomic():
            for number in range(start, min(start + 250, CASES)):
                _case(team, Words(chance, pool, has_name=number % EVERY == 0))


def _team(cast: Any) -> dict[str, Any]:
    from vault.recipients import organisation

    return {
        "leads": organisation("leads"), "caseworkers": organisation("caseworkers"), "signer": cast.ben.ring.signer,
    }  # fmt: skip


class Words:
    """Invented text; the name that is searched stands in one letter of some cases."""

    def __init__(self, chance: random.Random, pool: str, *, has_name: bool) -> None:
        self.chance, self.pool, self.has_name = chance, pool, has_name

    def text(self, letters: int) -> str:
        """So many letters of Belarusian, and a number before them."""
        start = self.chance.randrange(len(self.pool) - letters)
        return f"{self.chance.randrange(10_000)} {self.pool[start : start + letters]}"

    def letter(self, number: int) -> dict[str, Any]:
        """One letter."""
        name = "Кавалёў Аляксандр сказаў гэта. " if self.has_name and number == 3 else ""
        side = "survivor" if number % 2 else "team"
        return {"text": name + self.text(500), "lang": "be", "side": side, "number": number, "at": "2026-11-29T12:00"}


def _case(team: dict[str, Any], words: Words) -> None:
    """One case, founded by its receipt, accepted and answered by Ben."""
    from cases import keys
    from cases.models import Case
    from vault.compartments import Making
    from vault.directory import new_pair
    from vault.envelope.seeds import new_seed
    from vault.heads import found_heads
    from vault.models import KeyPair
    from vault.signers import Signer

    seed = new_seed()
    receipt = Signer(new_pair(seed, KeyPair.Use.RECEIPT), seed)
    case = Case.objects.create(receipt=receipt.pair, tag=os.urandom(32), language="be", residence="LT", team="North")
    making, opened = Making(receipt, "first contact"), dict[str, list[Any]]()
    for kind, epochs in ((keys.IDENTITY, 3), (keys.ACCOUNT, 3), (keys.MESSAGES, 2), (keys.WORK, 2)):
        room = making.found(kind, case.id)
        opened[kind] = [making.epoch(room, number, [team["leads"]]) for number in range(1, epochs + 1)]
    sealed = making.split(making.found(keys.SEALED, case.id), 1, [team["caseworkers"]], [team["leads"]])
    making.save()
    work = opened[keys.WORK][-1]
    heads = {case.id: opened[keys.MESSAGES][-1], work.epoch.compartment_id: work}
    found_heads(heads, list(_values(case.id, opened, sealed, receipt, team["signer"], words)), team["signer"])


def _values(
    case: UUID, opened: dict[str, list[Any]], sealed: Any, receipt: Any, ben: Any, words: Words
) -> Iterator[Any]:
    """The records of a case; none is stored yet."""
    from cases import records
    from cases.statement import catalogue
    from vault.places import Place

    def told(kind: str, section: str, version: UUID, number: int, answers: dict[str, Any]) -> Any:
        content = {"answers": answers, "number": number, "catalogue": catalogue.VERSION, "language": "be"}
        at = opened[kind][-1 if number else 0]
        return records.sealed(at, Place("statement", section, version), content, receipt)

    first, second = uuid4(), uuid4()
    yield told("account", "first", first, 0, {"ELG-01": _chosen("BY"), "SAF-04": _chosen(["family_risk"])})
    yield told("identity", "first", first, 0, {"CTC-01": _chosen("code_only")})
    yield told("identity", "you", second, 1, {"LNG-04": _chosen(words.text(10))})
    for number, letters in enumerate((4000, 1500, 800, 600, 500, 400, 300, 300, 200, 200)):
        section = "story" if not number else f"people-{number}"
        answers = {"EPI-08": _chosen(words.text(letters)), "EPI-04": _chosen(["street", "police_station"])}
        yield told("account", section, second, 1, answers)
    for number in (1, 2):
        content = {
            "id": str(uuid4()),
            "number": number,
            "name": f"скан {number}.pdf",
            "sha256": "0" * 64,
            "custody": [],
        }
        yield records.sealed(opened["account"][-1], Place("exhibit", "record", uuid4()), content, receipt)
    for number in range(1, 7):
        signer = receipt if number % 2 else ben
        yield records.sealed(opened["messages"][-1], Place("message", "text", uuid4()), words.letter(number), signer)
    yield records.sealed(opened["messages"][0], Place("case", "receipt", case), {"fingerprint": "0" * 64}, receipt)
    yield records.sealed(
        opened["messages"][-1], Place("case", "holders", case, 2), {"people": [], "intake": False}, ben
    )
    yield records.sealed(opened["work"][0], Place("case", "flags", case), {"flags": ["FAMILY"]}, receipt)
    yield records.sealed(opened["work"][-1], Place("facts", "confirmed", case), {"acts": [{"country": "BY"}]}, ben)
    yield records.sealed(opened["work"][-1], Place("hold", "reason", case), {"reason": words.text(200)}, ben)
    yield records.sealed(sealed, Place("case", "sealed", case), {"filler": "." * 16_000}, receipt)


def _chosen(value: Any) -> dict[str, Any]:
    return {"value": value, "lang": "be"}


if __name__ == "__main__":
    print(json.dumps(measure()))
