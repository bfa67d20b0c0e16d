"""Survivors whose web server is killed as soon as the head of each yes has arrived; then they look what is there."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from portal.ops.deployment import Deployment
from tests.factories.walk import ANSWERS, fields_of, text_of, where
from tests.proofs._survivors import PAGE, Survivor, Told

NAME, PLACE, WISH = where("LNG-04"), where("EPI-06"), where("WSH-03")
REDIRECT = 302


class Killer:
    """The one crowd of the survivors: kills the web server at the next yes after it was asked to."""

    def __init__(self, portal: Deployment) -> None:
        self.portal, self.port = portal, portal.port
        self.told: list[Told] = []
        self.lost = self.kills = 0
        self.is_aiming = False

    def answered(self, method: str, status: int) -> None:
        """SIGKILL to the whole group before anything more of the answer is read."""
        if self.is_aiming and method == "POST" and status == REDIRECT:
            self.is_aiming = False
            self.portal.children.pop("web").kill()
            self.kills += 1

    def survivor(self, chance: random.Random) -> Witness:
        """One more survivor."""
        self.told.append(Told())
        made = Witness(self, self.told[-1], chance)
        made.returns = True
        return made


class Witness(Survivor):
    """One survivor who does everything that a survivor can do, one thing after the other."""

    crowd: Killer
    sent = taken_back = 0  # how often

    def tell(self) -> None:
        """Each act, a kill at its yes, a restart, and a look at all that was acknowledged so far."""
        self._first_contact()
        self.fill(PAGE, {"do": "open"})
        for act in (
            self.save_words, self.attach, lambda: self._answer(NAME, "LNG-04-value"), self.save_words, self.attach,
            lambda: self._answer(PLACE, "EPI-06-text"), self._send, self._write, self._add, self._send, self._take_back,
        ):  # fmt: skip
            self._act(act)
            self.come_back()
            self.look()

    def _first_contact(self) -> None:
        """Five answers and the number; an answer without a number is looked for with the same cookie."""
        for number, answer in enumerate(ANSWERS, start=1):
            step = f"q/{number}/"
            if number == 1:
                self._act(lambda step=step, answer=answer: self.fill(step, answer))
                given = fields_of(self.read(step))
                assert {name: given[name] for name in answer} == {name: [value] for name, value in answer.items()}
            else:
                self.fill(step, answer)
        digits = "".join(re.findall(r"<bdi>(\d{5})</bdi>", self.read("number/")))
        sent = {"do": "more", "last": ""}
        self._act(lambda: self.fill("number/", sent, done=lambda: setattr(self.told, "digits", digits)))
        self.come_back()

    def _act(self, act: Callable[[], None]) -> None:
        kills = self.crowd.kills
        self.crowd.is_aiming = True
        act()
        assert self.crowd.kills == kills + 1, "the act was not acknowledged, so nothing was killed"
        self.crowd.portal.start_web()

    def come_back(self) -> None:
        """Another browser: nothing but the number."""
        self.cookie = ""
        self.fill("back/", {"code": self.told.digits})

    def look(self) -> None:
        """With the number alone: what is not sent stands on its pages, what was sent on the own page."""
        if not self.sent:
            assert self.read("files/").count('name="remove"') == len(self.told.files)
            assert fields_of(self.read(PAGE)).get("EPI-08-value", [""]) == [self.told.words]
        page = text_of(self.read("page/"))
        assert page.count("Мы атрымалі ваш расказ") == self.sent, (self.sent, page)
        assert page.count("Вы адклікалі згоду") == self.taken_back
        assert all(letter in page for letter in self.told.letters)

    def _answer(self, place: str, field: str) -> None:
        words = f"Адказ {self.chance.getrandbits(64):x}"
        self.fill(place, {field: words}, done=lambda: self.told.also.append(words))

    def _send(self) -> None:
        self.fill("check/", {"do": "send", "SND-02-value": "yes"}, done=self._was_sent)

    def _was_sent(self) -> None:
        self.told.is_sent = True
        self.sent += 1

    def _write(self) -> None:
        words = f"Ліст {self.chance.getrandbits(64):x}"
        self.fill("page/letter/", {"letter": words}, done=lambda: self.told.letters.append(words))

    def _add(self) -> None:
        self._answer(WISH, "WSH-03-value")

    def _take_back(self) -> None:
        self.fill("page/permissions/", {"scope": "CNS-03"}, done=lambda: setattr(self, "taken_back", 1))
