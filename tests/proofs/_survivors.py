"""Survivors over plain HTTP who know what they were told: every answer with success is written down as a promise."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from portal.ops.processes import accepts
from tests.factories.walk import ANSWERS, fields_of, where

PAGE = where("EPI-08")  # the own words
BOUNDARY = "----portal-proof"
HEAD = b"\xff\xd8\xff\xe0"  # enough of a JPEG to be taken
FILE_BYTES = (20_000, 1_500_000)
TRIES = 40  # of one form, while the portal is down or says that it is busy


class GivenUp(Exception):
    """The survivor does not come back after a lost connection."""


@dataclass
class Told:
    """What one survivor was promised. tried: later words whose answer was lost; they may be there instead.

    also: further texts on one line that stand in the account. letters: those written to the team.
    """

    digits: str = ""
    words: str = ""
    tried: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)  # SHA-256 in hexadecimal digits
    is_sent: bool = False
    also: list[str] = field(default_factory=list)
    letters: list[str] = field(default_factory=list)


class Crowd:
    """Several survivors at a time, one after the other, until it is told to stop."""

    def __init__(self, port: int, number: int) -> None:
        """number: how many at a time. Nobody comes before start()."""
        self.port, self.told, self.odd = port, [], []
        self.lost = 0  # requests that died on their way
        self._end = threading.Event()
        self._threads = [threading.Thread(target=self._come, args=(each,)) for each in range(number)]

    def start(self) -> Crowd:
        """Let them come."""
        for thread in self._threads:
            thread.start()
        return self

    def stop(self) -> None:
        """Let each finish its account, then nobody else comes."""
        self._end.set()
        for thread in self._threads:
            thread.join()

    def answered(self, method: str, status: int) -> None:
        """Somebody has the head of an answer in hand."""

    def _come(self, seed: int) -> None:
        chance = random.Random(seed)
        while not self._end.is_set():
            self._come_once(chance)

    def _come_once(self, chance: random.Random) -> None:
        told = Told()
        self.told.append(told)
        try:
            Survivor(self, told, chance).tell()
        except GivenUp:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, the proof fails with it at the end
            self.odd.append(f"{type(error).__name__}: {error}")
            self._end.set()


class Survivor:
    """One browser: five answers, own words saved once or more, files, and mostly the sending."""

    def __init__(self, crowd: Crowd, told: Told, chance: random.Random) -> None:
        self.crowd, self.told, self.chance = crowd, told, chance
        self.cookie = ""
        self.returns = chance.random() < 0.75  # after a lost connection, with the same form

    def tell(self) -> None:
        """The whole way."""
        for number, answer in enumerate(ANSWERS, start=1):
            self.fill(f"q/{number}/", answer)
        digits = "".join(re.findall(r"<bdi>(\d{5})</bdi>", self.read("number/")))
        self.fill("number/", {"do": "more", "last": ""}, done=lambda: setattr(self.told, "digits", digits))
        self.fill(PAGE, {"do": "open"})
        for _ in range(self.chance.randint(1, 3)):
            self.save_words()
        for _ in range(self.chance.randint(0, 2)):
            self.attach()
        if self.chance.random() < 0.7:
            self.fill("check/", {"do": "send", "SND-02-value": "yes"}, done=lambda: setattr(self.told, "is_sent", True))

    def save_words(self) -> None:
        """Save the draft; until the answer comes, the old words or the new ones may be there."""
        words = f"Мяне спынілі вечарам. {self.chance.getrandbits(64):x}"
        self.told.tried.append(words)
        self.fill(PAGE, {"EPI-08-value": words, "do": "save"}, done=lambda: self._kept(words))

    def _kept(self, words: str) -> None:
        self.told.words, self.told.tried = words, []

    def attach(self) -> None:
        """Add a file."""
        body = HEAD + os.urandom(self.chance.randint(*FILE_BYTES))
        token = fields_of(self.read("files/"))["csrfmiddlewaretoken"][0]
        parts = [f'name="{name}"\r\n\r\n{value}' for name, value in (("csrfmiddlewaretoken", token), ("do", "add"))]
        text = "".join(f"--{BOUNDARY}\r\nContent-Disposition: form-data; {part}\r\n" for part in parts)
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="EVD-02-file"; filename="a.jpg"\r\n\r\n'
        form = (text + head).encode() + body + f"\r\n--{BOUNDARY}--\r\n".encode()
        self.send("files/", form, f"multipart/form-data; boundary={BOUNDARY}")
        self.told.files.append(hashlib.sha256(body).hexdigest())

    def fill(self, place: str, given: dict, done: Callable[[], None] = lambda: None) -> None:
        """Open a page, change some fields, press a button; `done` runs when the portal has said yes."""
        fields = fields_of(self.read(place)) | {"do": "go"} | given
        self.send(place, urlencode(fields, doseq=True).encode(), "application/x-www-form-urlencoded")
        done()

    def read(self, place: str) -> str:
        """Open a page."""
        return self._until({200, 302}, "GET", place, None, "")

    def send(self, place: str, body: bytes, kind: str) -> None:
        """Send a form; only the redirect is a yes."""
        self._until({302}, "POST", place, body, kind)

    def _until(self, wanted: set[int], method: str, place: str, body: bytes | None, kind: str) -> str:
        for _ in range(TRIES):
            try:
                status, text = self._ask(method, place, body, kind)
            except (OSError, http.client.HTTPException) as error:
                self._lose(error)
                continue
            if status in wanted:
                return text
            if status != 503:
                raise AssertionError(f"{method} {place} gave {status}")
            time.sleep(0.1)
        raise AssertionError(f"{method} {place}: no answer after {TRIES} tries")

    def _lose(self, error: Exception) -> None:
        """The portal died under the request, or is down: come back when it listens, or never."""
        if not isinstance(error, ConnectionRefusedError):
            self.crowd.lost += 1
        if not self.returns:
            raise GivenUp
        deadline = time.monotonic() + 60
        while not accepts(self.crowd.port) and time.monotonic() < deadline:
            time.sleep(0.1)

    def _ask(self, method: str, place: str, body: bytes | None, kind: str) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.crowd.port, timeout=60)
        headers = {"Host": "localhost", "Origin": "null", "Sec-Fetch-Site": "same-origin"}
        headers |= {"Cookie": f"__Host-s={self.cookie}"} if self.cookie else {}
        headers |= {"Content-Type": kind} if kind else {}
        try:
            connection.request(method, f"/be/{place}", body, headers)
            answer = connection.getresponse()
            self.crowd.answered(method, answer.status)
            text = answer.read().decode()
        finally:
            connection.close()
        if found := re.search(r"__Host-s=([^;]+)", answer.headers.get("Set-Cookie", "")):
            self.cookie = found.group(1)
        return answer.status, text
