"""Somebody changes bytes in the database file, with the portal switched off, and puts it back: the pages stop."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from portal.ops.deployment import HURRIED, Deployment
from portal.ops.walkthrough import desk
from portal.ops.walkthrough.browser import WIDE, Walker, chromium
from portal.ops.walkthrough.road import members_of
from portal.ops.walkthrough.story import Story, invented

pytestmark = [pytest.mark.browser, pytest.mark.enable_socket, pytest.mark.slow]

VALUE = "SELECT {column} FROM vault_sealedvalue WHERE [table] = ? AND field = ? ORDER BY version DESC"
WITNESSES = 40  # bytes that find a place in the file


@dataclass(frozen=True)
class Edit:
    """Bytes to change: what they are, the query that names them, and the page that must stop."""

    what: str
    query: str
    arguments: tuple[str, ...]
    page: str


EDITS = [
    Edit("a section of the account", VALUE.format(column="blob"), ("statement", "story-1"), "account/"),
    Edit("its signature", VALUE.format(column="signature"), ("statement", "story-1"), "account/"),
    Edit("the record of a file", VALUE.format(column="blob"), ("exhibit", "record"), "account/"),
    Edit("a letter", VALUE.format(column="blob"), ("message", "text"), "letters/"),
    Edit(
        "the head",
        "SELECT blob FROM vault_head JOIN vault_sealedvalue ON vault_sealedvalue.id = value_id"
        " JOIN cases_case ON cases_case.id = owner",
        (),
        "account/",
    ),
    Edit(
        "the key of the account",
        "SELECT sealed FROM vault_grant JOIN vault_epoch ON vault_epoch.id = epoch_id"
        " JOIN vault_compartment ON vault_compartment.id = compartment_id JOIN people_person ON pair_id = recipient_id"
        " WHERE kind = 'account' AND login = 'ben' ORDER BY number DESC",
        (),
        "account/",
    ),
    Edit(
        "the directory's word for the caseworker",
        "SELECT signature FROM vault_statement JOIN people_person ON holder = people_person.id "
        "WHERE login = 'ben' AND vault_statement.role = 'caseworker'",
        (),
        "account/",
    ),
]  # fmt: skip


@dataclass
class Seized:
    """A portal with one told case, and the signed-in browser of its caseworker."""

    portal: Deployment
    walker: Walker
    reference: str
    story: Story

    @property
    def file(self) -> Path:
        """The database."""
        return self.portal.state / "db.sqlite3"

    def page(self, name: str) -> tuple[int, str]:
        """What the caseworker gets: the status and the page."""
        answer = self.walker.page.goto(f"{self.portal.url}/desk/cases/{self.reference}/{name}")
        assert answer is not None
        return answer.status, self.walker.page.content()

    def bytes_of(self, edit: Edit) -> bytes:
        """The bytes that the edit is about, as SQL gives them out."""
        with closing(sqlite3.connect(self.file)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return bytes(database.execute(edit.query, edit.arguments).fetchone()[0])

    @contextmanager
    def edited(self, edit: Edit) -> Iterator[None]:
        """Turn one bit in the file while the portal is off; turn it back afterwards."""
        self.portal.stop_one("web")
        wanted, whole = self.bytes_of(edit)[:WITNESSES], self.file.read_bytes()
        assert whole.count(wanted) == 1, edit.what
        place = whole.index(wanted) + len(wanted) // 2
        self._write(place, whole[place] ^ 1)
        try:
            yield
        finally:
            self.portal.stop_one("web")
            self._write(place, whole[place])
            self.portal.start_web()

    def _write(self, place: int, byte: int) -> None:
        for suffix in ("-wal", "-shm"):
            self.file.with_name(self.file.name + suffix).unlink(missing_ok=True)
        with self.file.open("r+b") as target:
            target.seek(place)
            target.write(bytes([byte]))


@pytest.fixture(scope="module")
def seized(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seized]:
    """A told case with a file and a letter, which its caseworker has opened; only the web server is up."""
    folder, story = tmp_path_factory.mktemp("edited"), invented()
    portal = Deployment(folder / "state", web_processes=1, settings=HURRIED | {"PORTAL_ARGON2_MEMORY_KIB": "1024"})
    ben = members_of(portal)["ben"]
    given = folder / "given"
    words = {"account": story.account, "letter": story.letter, "password": ben.password, "totp": ben.totp}
    given.write_text(json.dumps(words))
    try:
        reference = portal.python("-m", "tests.attack.told", str(given)).strip()
        portal.start_redis()
        portal.start_web()
        with chromium() as browser:
            walker = Walker(browser, portal.url, "caseworker", WIDE)
            desk.sign_in(walker, ben)
            desk.read_account(walker, reference, story)
            yield Seized(portal, walker, reference, story)
    finally:
        portal.stop()
        portal.remove()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.what)
def test_a_turned_bit_stops_the_page(seized: Seized, edit: Edit) -> None:
    sentence = seized.story.account.split("\n")[0][:60]
    shown = {"account/": sentence, "letters/": seized.story.letter}[edit.page]
    status, before = seized.page(edit.page)
    assert (status, shown in before) == (200, True)
    with seized.edited(edit):
        seized.portal.start_web()
        status, stopped = seized.page(edit.page)
        assert (status, shown in stopped) == (409, False)
    status, after = seized.page(edit.page)
    assert (status, shown in after) == (200, True)
