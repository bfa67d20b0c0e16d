"""The elements that an account may bear on, by the purpose codes of the question catalogue (statement.md 0.1).

Sources: Convention against Torture art. 1; Rome Statute art. 7, 12(2)(a), 25, 28, 30; national codes for J.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ELEMENTS: dict[str, Promise] = {
    "T1": _("Severe pain or suffering"),
    "T2": _("Done on purpose"),
    "T3": _("For a purpose, or out of discrimination"),
    "T4": _("Public official"),
    "T5": _("Not a lawful sanction"),
    "H1": _("Attack on civilians"),
    "H2": _("Widespread"),
    "H3": _("Systematic"),
    "H4": _("Knowledge of the attack"),
    "H5": _("In custody or under control"),
    "H6": _("Imprisoned against basic rules"),
    "H7": _("Persecution on a forbidden ground"),
    "D1": _("Expulsion or coercion"),
    "D2": _("Lawfully present before"),
    "D3": _("No permitted ground, no real choice"),
    "D4": _("Border to a State Party"),
    "SUP": _("Chain of command"),
    "J": _("Link to a State"),
}
