"""What changed between a dossier and the one before it for the same lawyer, from what the worker sealed of both."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from cases.actions.dossiers import reference
from cases.actions.packages import package_facts
from cases.dossier.inputs import FULL, DossierInput
from cases.dossier.variant import find
from cases.models import Dossier
from vault.keyring import Keyring

State = Dossier.State
DELIVERED = (State.READY, State.ACKNOWLEDGED)


@dataclass(frozen=True, slots=True)
class Changes:
    """Against which dossier; sentences and exhibits that are new or gone; whether the rest is as it was.

    is_known: False when our copy of the earlier one is erased, or was made before this was kept.
    """

    before: str
    is_known: bool = True
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    same: int = 0
    exhibits_added: tuple[str, ...] = ()
    exhibits_gone: tuple[str, ...] = ()
    has_new_account: bool = False
    has_new_basis: bool = False
    has_new_template: bool = False

    @property
    def is_nothing(self) -> bool:
        """Is everything as it was?"""
        lists = (self.added, self.gone, self.exhibits_added, self.exhibits_gone)
        return not any((*lists, self.has_new_account, self.has_new_basis, self.has_new_template))


def noted(data: DossierInput) -> dict[str, Any]:
    """What the worker seals beside a package, so that the next one can be compared with it."""
    account = json.dumps([asdict(section) for section in data.account], sort_keys=True).encode()
    basis = [data.route.get(key) for key in ("forum", "crime", "basis", "provision")]
    return {
        "rendering": data.rendering,
        "facts": [fact.text for fact in data.facts],
        "exhibits": [[exhibit.label, exhibit.sha256] for exhibit in data.exhibits],
        "account": hashlib.sha256(account).hexdigest(),
        "basis": basis,
        "template": find(data.variant).template,
    }


def since(dossier: Dossier, ring: Keyring) -> Changes | None:
    """Against the newest earlier dossier of this variant and rendering for this lawyer, or None when it is the first.

    Raises vault.errors.NoGrant, Forged.
    """
    earlier = dossier.case.dossiers.filter(
        lawyer=dossier.lawyer_id, variant=dossier.variant, state__in=DELIVERED, number__lt=dossier.number
    ).order_by("-number").select_related("case")  # fmt: skip
    new = package_facts(dossier, ring).get("noted")
    for each in earlier:
        old = package_facts(each, ring).get("noted") if each.file_id else None
        if old is None or new is None:
            return Changes(reference(each), is_known=False)
        if old.get("rendering", FULL) == new.get("rendering", FULL):
            return _compared(reference(each), old, new)
    return None


def _compared(before: str, old: dict[str, Any], new: dict[str, Any]) -> Changes:
    had, has = {tuple(each) for each in old["exhibits"]}, {tuple(each) for each in new["exhibits"]}
    return Changes(
        before,
        added=tuple(text for text in new["facts"] if text not in old["facts"]),
        gone=tuple(text for text in old["facts"] if text not in new["facts"]),
        same=sum(text in old["facts"] for text in new["facts"]),
        exhibits_added=tuple(label for label, _ in sorted(has - had)),
        exhibits_gone=tuple(label for label, _ in sorted(had - has)),
        has_new_account=old["account"] != new["account"],
        has_new_basis=old["basis"] != new["basis"],
        has_new_template=old["template"] != new["template"],
    )
