"""What one rule has to say about one route: codes and values. Words are put to them last, in the reader's language."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from jurisdictions.assess import texts
from jurisdictions.assess.verdicts import OPEN, worst

FOR, AGAINST, BLOCKS = "+", "-", "blocks"


class Authority(NamedTuple):
    """What a reason rests on: legal provision, address of the source, confidence."""

    provision: str = ""
    source: str = ""
    confidence: str = "medium"

    def as_dict(self) -> dict[str, str]:
        """Provision, source, confidence."""
        return self._asdict()


class Reason(NamedTuple):
    """One reason a lawyer can check. effect: "+", "-" or "blocks"; values: what its text names."""

    code: str
    effect: str
    authority: Authority
    values: dict[str, Any]

    def as_dict(self, language: str) -> dict[str, Any]:
        """The shape of matching.md."""
        text = texts.say(self.code, language, **self.values)
        return {"code": self.code, "effect": self.effect, "text": text, **self.authority.as_dict()}


class Missing(NamedTuple):
    """A fact that would change the verdict. code: its path in the facts. cap: what its absence costs."""

    code: str
    cap: str
    values: dict[str, Any]

    def as_dict(self, language: str) -> dict[str, str]:
        """Path and text."""
        return {"code": self.code, "text": texts.ask(self.code, language, **self.values)}


class Caution(NamedTuple):
    """Something to know before acting; it blocks nothing by itself."""

    code: str
    authority: Authority
    values: dict[str, Any]

    def as_dict(self, language: str) -> dict[str, Any]:
        """Code, text, provision, source, confidence."""
        text = texts.warn(self.code, language, **self.values)
        return {"code": self.code, "text": text, **self.authority.as_dict()}


class Finding(NamedTuple):
    """cap: the best verdict that this rule still allows."""

    cap: str = OPEN
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    cautions: tuple[Caution, ...] = ()
    unverified: tuple[str, ...] = ()


NOTHING = Finding()


def merge(findings: Iterable[Finding]) -> Finding:
    """All findings as one; the weakest cap holds."""
    parts = [part for part in findings if part is not NOTHING]
    if len(parts) < 2:
        return parts[0] if parts else NOTHING
    cap, reasons, asked, cautions, names = OPEN, list[Reason](), list[Missing](), list[Caution](), list[str]()
    for part in parts:  # the innermost loop of an assessment
        if part.cap != cap:
            cap = worst(cap, part.cap)
        reasons += part.reasons
        asked += part.missing
        cautions += part.cautions
        names += part.unverified
    return Finding(cap, tuple(reasons), tuple(asked), tuple(cautions), tuple(names))


def reason(code: str, effect: str, authority: Authority, **values: Any) -> Reason:
    """A reason; its text is that of its code."""
    return Reason(code, effect, authority, values)


def missing(code: str, cap: str, **values: Any) -> Missing:
    """A missing fact; its text is that of its path."""
    return Missing(code, cap, values)


def caution(code: str, authority: Authority, **values: Any) -> Caution:
    """A caution; its text is that of its code."""
    return Caution(code, authority, values)
