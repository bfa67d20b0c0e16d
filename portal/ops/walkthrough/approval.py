"""The text before the person: put into the own language, shown by a lead, read in both languages, agreed to."""

from __future__ import annotations

from portal.ops.walkthrough import survivor
from portal.ops.walkthrough.browser import Stuck, Walker
from portal.ops.walkthrough.story import Story
from portal.ops.walkthrough.team import Team, expect

MOST_PARTS = 40  # of a text that is read part by part


def set_word(team: Team, code: str, story: Story) -> None:
    """The person sets a second word, with which the text can be read on the own page."""
    walker = team.walker("survivor-word", is_phone=True)
    survivor.enter(walker, code, story.language)
    walker.press("main a[href$='/page/word/']")
    walker.page.fill("#word", story.word)
    walker.press("main button[name=do][value=set]")
    walker.close()


def put(walker: Walker, reference: str, key: str, variant: str, story: Story) -> None:
    """The caseworker puts each sentence into the person's language. key: of the route."""
    walker.go(f"/desk/cases/{reference}/reading/")
    walker.press(f"main a[href$='/reading/{key}/{variant}/']")
    for sentence, words in zip(story.facts[variant], story.own, strict=True):
        walker.page.locator("main .item", has_text=sentence).locator("textarea").fill(words)
    walker.press("main .bar button[name=do][value=save]")
    expect(walker, "Everything is put into the person’s language.")


def show(walker: Walker, reference: str, key: str, variant: str) -> None:
    """A lead reads it as the second reader and shows it to the person, who need not wait three days."""
    walker.go(f"/desk/cases/{reference}/reading/{key}/{variant}/")
    expect(walker, "The person has a second word and can read it on the own page.")
    walker.page.check("input[name=is_urgent]")
    walker.press("main .bar button[name=do][value=show]")
    expect(walker, "The text is with the person.")


def read_and_agree(team: Team, code: str, story: Story) -> None:
    """The person opens each text with the word, reads both languages to the end, and says yes without waiting."""
    walker = team.walker("survivor-reads", is_phone=True)
    survivor.enter(walker, code, story.language)
    read = {_agree(walker, story) for _ in story.facts}
    if read != set(story.facts):
        raise Stuck(f"survivor: read {sorted(read)}, not {sorted(story.facts)}")
    walker.close()


def answers(walker: Walker, reference: str, count: int) -> None:
    """The desk sees as many signed answers."""
    walker.go(f"/desk/cases/{reference}/reading/")
    if walker.text.count("signed with the number") != count:
        raise Stuck(f"caseworker: not every answer is there: {walker.text[:400]}")


def _agree(walker: Walker, story: Story) -> str:
    """Read and answer the first text that waits; returns its variant."""
    walker.go(f"/{story.language}/page/")
    walker.press("main .notice a[href*='/page/text/'] >> nth=0")
    place = walker.path
    if walker.page.query_selector("#word"):
        walker.page.fill("#word", story.word)
        walker.press("main button[name=do][value=open]")
    own = _read(walker, place, "own")
    if any(sentence not in own for sentence in story.own):
        raise Stuck("survivor: a sentence is missing in the own language")
    filed = _read(walker, place, "filed")
    walker.page.check("input[name=no_wait]")
    walker.press("main button[name=answer][value=yes]")
    if walker.page.query_selector("main button[name=answer][value=yes]"):
        raise Stuck("survivor: the yes was not taken")
    return next((code for code, facts in story.facts.items() if all(each in filed for each in facts)), "")


def _read(walker: Walker, place: str, which: str) -> str:
    """Every part of the text in one of its languages, as it is read from link to link; ends at the answer again."""
    walker.press(f"main a[href$='{place}{which}/']")
    parts: list[str] = []
    for _ in range(MOST_PARTS):
        if walker.path == place:
            return "\n".join(parts)
        parts.append(walker.text)
        walker.press("main a.go")
    raise Stuck(f"survivor: {place} has no end")
