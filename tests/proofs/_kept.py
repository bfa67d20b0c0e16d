"""Is everything there that was promised? Run in a deployment's environment: python -m tests.proofs._kept FILE.

FILE is JSON: login and password of a member, and what survivors were told. Prints one JSON object: what was found,
and the faults.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402

from cases import keys as kinds  # noqa: E402
from cases.access import open_account, open_exhibit  # noqa: E402
from cases.actions.assigning import assign  # noqa: E402
from cases.actions.drafting import load_draft  # noqa: E402
from cases.actions.letters import read_letters  # noqa: E402
from cases.actions.opening import find_case, receipt_keyring  # noqa: E402
from cases.models import Case, DraftExhibit, Exhibit  # noqa: E402
from people import keys  # noqa: E402
from people.models import Person  # noqa: E402
from vault import audit, files, purge, worker  # noqa: E402
from vault.envelope.receipt import derive, parse  # noqa: E402
from vault.keyring import Keyring  # noqa: E402
from vault.models import AuditEvent, Compartment, SealedFile, SealedValue  # noqa: E402

FURTHER = ("account.sent", "consent.withdrawn")  # what makes a further version of an account

PURPOSE, REASON = "assessment", "The proof reads every case."
KINDS = {*kinds.ASSIGNED_KINDS, kinds.SEALED}


class Reader:
    """A member who takes every case and reads it; a lead may take any number of them, with a reason."""

    def __init__(self, login: str, password: str) -> None:
        self.person = Person.objects.select_related("pair").get(login=login)
        self.ring = Keyring(keys.open_seed(self.person.pair, password), self.person.pair)
        self.opened = 0

    def account(self, case: Case) -> tuple[str | None, str, list[str]]:
        """The own words, every text that was told, and the SHA-256 of every exhibit as it opens. Any fault raises."""
        if not case.assignments.filter(person=self.person).exists():
            assign(case=case, person=self.person, by=self.person, ring=self.ring, reason=REASON)
        account = open_account(case, by=self.person, ring=self.ring, purpose=PURPOSE)
        words = account.answer("EPI-08")
        everything = texts(version.sections for version in account.versions)
        return words and words["value"], everything, [self._digest(case, each.id) for each in account.exhibits]

    def _digest(self, case: Case, exhibit: Any) -> str:
        record, stream = open_exhibit(case, exhibit, by=self.person, ring=self.ring, purpose=PURPOSE)
        found = hashlib.sha256(b"".join(stream.chunks())).hexdigest()
        stream.close()
        assert found == record.sha256, "another hash than its record"
        self.opened += 1
        return found


def lost(reader: Reader, told: dict[str, Any]) -> Iterator[str]:
    """What one survivor was promised and does not find. tried: words whose answer never came."""
    receipt = derive(parse(told["digits"]), settings.DEPLOYMENT_SALT)
    case = find_case(receipt)
    if case is None:
        yield "a case that was confirmed is not there"
        return
    ring = receipt_keyring(case, receipt.seed)
    letters = [letter.text for letter in read_letters(case, ring)]
    is_sent = case.versions.count() > 1
    if told["is_sent"] and not is_sent:
        yield f"{case.reference}: the account was not sent"
    words, everything, digests = reader.account(case) if is_sent else draft(case, ring)
    if words not in [told["words"] or None, *told["tried"]]:
        yield f"{case.reference}: other words"
    if [each for each in told["also"] if each not in everything]:
        yield f"{case.reference}: an answer is missing"
    if [each for each in told["letters"] if letters.count(each) != 1]:
        yield f"{case.reference}: a letter is there not exactly once"
    if set(told["files"]) - set(digests):
        yield f"{case.reference}: a file is missing"


def without_fall(look: Callable[..., Iterator[str]], reader: Reader, what: Any) -> list[str]:
    """Look at one thing; that it does not open is a fault like any other."""
    try:
        return list(look(reader, what))
    except Exception as error:  # noqa: BLE001
        return [f"does not open: {type(error).__name__} {error}"]


def texts(told: Iterable[Any]) -> str:
    """Everything that was told, as one text in which whole answers can be looked for."""
    return json.dumps(list(told), ensure_ascii=False)


def draft(case: Case, ring: Keyring) -> tuple[str | None, str, list[str]]:
    """The own words of a draft, all its texts, and the SHA-256 of each of its files as it opens."""
    content = load_draft(case, ring)
    section = content.sections.get("story-1")
    answer = section.answers.get("EPI-08") if section else None
    opened = kinds.open_latest(case, kinds.DRAFT, ring) if content.exhibits else None
    digests = []
    for record in content.exhibits:
        stream = files.open_stream(files.find_key(DraftExhibit.objects.get(id=record.id).file, opened))
        digests.append(hashlib.sha256(b"".join(stream.chunks())).hexdigest())
        stream.close()
        assert digests[-1] == record.sha256, "another hash than its record"
    everything = texts(each.answers for each in content.sections.values())
    return answer and answer["value"], everything, digests


def half_there() -> Iterator[str]:
    """Rows without their file, keys without their row, files that belong to nothing, records of nothing."""
    rows = {row.id: row for row in SealedFile.objects.all()}
    owners = [*DraftExhibit.objects.values_list("file", flat=True), *Exhibit.objects.values_list("file", flat=True)]
    if sorted(owners) != sorted(rows):
        yield "files and exhibits do not belong together one to one"
    key_rows = list(SealedValue.objects.filter(table="file").values_list("row", flat=True))
    if sorted(key_rows) != sorted(rows):
        yield "files and keys do not belong together one to one"
    for row in rows.values():
        path = files.stored_path(row.storage_name)
        if not path.exists() or path.stat().st_size != row.stored_size:
            yield f"file {row.id}: not on the disk as its row says"
    for table, model in (("draft_exhibit", DraftExhibit), ("exhibit", Exhibit)):
        records = SealedValue.objects.filter(table=table, field="record").values_list("row", flat=True)
        if sorted(records) != sorted(model.objects.values_list("id", flat=True)):
            yield f"{table}: rows and records do not belong together one to one"


def half_open(reader: Reader, case: Case) -> Iterator[str]:
    """A case that lacks a compartment, does not open, or stands in the audit trail not exactly once."""
    found = set(Compartment.objects.filter(owner=case.id).values_list("kind", flat=True))
    if KINDS - found:
        yield f"{case.reference}: no compartment {KINDS - found}"
    reader.account(case)
    events = AuditEvent.objects.filter(subject=case.id)
    if events.filter(action="case.opened").count() != 1:
        yield f"{case.reference}: opened not exactly once"
    sent = sorted(event.detail["version"] for event in events.filter(action__in=FURTHER))
    if sent != list(range(1, case.versions.count())):
        yield f"{case.reference}: sent {sent}, but the versions say otherwise"


def purged() -> int:
    """What dead requests left on the disk, removed as the timer does it days later; returns how many files."""
    purge.ARRIVING_SECONDS = purge.ORPHAN_SECONDS = -(2**31)
    removed = purge.purge()
    known = {row.storage_name for row in SealedFile.objects.all()}
    stored = {str(path.relative_to(settings.FILES_DIR)) for path in Path(settings.FILES_DIR).glob("??/*")}
    assert stored == known, "the purge took a file that is needed, or left one that nobody knows"
    return removed


def main(path: Path) -> dict[str, Any]:
    """Look at everything."""
    given = json.loads(path.read_text())
    reader = Reader(given["login"], given["password"])
    promised = [told for told in given["told"] if told["digits"]]
    faults = [fault for told in promised for fault in without_fall(lost, reader, told)]
    faults += [fault for case in Case.objects.all() for fault in without_fall(half_open, reader, case)]
    faults += half_there()
    removed = purged()
    while audit.chain(worker.ensure().signer):
        pass
    return {
        "faults": faults, "promised": len(promised), "cases": Case.objects.count(), "files": SealedFile.objects.count(),
        "opened": reader.opened, "left_over": removed, "drafts": DraftExhibit.objects.count(),
    }  # fmt: skip


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(Path(sys.argv[1]))) + "\n")
