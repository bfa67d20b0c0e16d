"""What one rule has to say about one route."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from jurisdictions.assess import texts
from jurisdictions.assess.verdicts import OPEN, worst

FOR, AGAINST, BLOCKS = "+", "-", "blocks"


@dataclass(frozen=True)
class Authority:
    """What a reason rests on: legal provision, address of the source, confidence."""

    provision: str = ""
    source: str = ""
    confidence: str = "medium"


@dataclass(frozen=True)
class Reason:
    """One reason a lawyer can check. effect: "+", "-" or "blocks"."""

    code: str
    effect: str
    text: str
    authority: Authority

    def as_dict(self) -> dict[str, Any]:
        """The shape of matching.md."""
        return {"code": self.code, "effect": self.effect, "text": self.text, **_authority(self.authority)}


@dataclass(frozen=True)
class Missing:
    """A fact that would change the verdict. code: its path in the facts. cap: what its absence costs."""

    code: str
    cap: str
    text: str


@dataclass(frozen=True)
class Caution:
    """Something to know before acting; it blocks nothing by itself."""

    code: str
    text: str
    authority: Authority

    def as_dict(self) -> dict[str, Any]:
        """Code, text, provision, source, confidence."""
        return {"code": self.code, "text": self.text, **_authority(self.authority)}


@dataclass(frozen=True)
class Finding:
    """cap: the best verdict that this rule still allows."""

    cap: str = OPEN
    reasons: tuple[Reason, ...] = ()
    missing: tuple[Missing, ...] = ()
    cautions: tuple[Caution, ...] = ()
    unverified: tuple[str, ...] = field(default=())


def merge(findings: Iterable[Finding]) -> Finding:
    """All findings as one; the weakest cap holds."""
    parts = list(findings)
    return Finding(
        cap=worst(*(part.cap for part in parts)),
        reasons=tuple(reason for part in parts for reason in part.reasons),
        missing=tuple(missing for part in parts for missing in part.missing),
        cautions=tuple(caution for part in parts for caution in part.cautions),
        unverified=tuple(name for part in parts for name in part.unverified),
    )


def reason(code: str, effect: str, authority: Authority, **values: Any) -> Reason:
    """A reason with the text of its code."""
    return Reason(code, effect, texts.say(code, **values), authority)


def missing(code: str, cap: str, **values: Any) -> Missing:
    """A missing fact with the text of its path."""
    return Missing(code, cap, texts.ask(code, **values))


def caution(code: str, authority: Authority, **values: Any) -> Caution:
    """A caution with the text of its code."""
    return Caution(code, texts.say(code, **values), authority)


def _authority(authority: Authority) -> dict[str, str]:
    return {"provision": authority.provision, "source": authority.source, "confidence": authority.confidence}
