"""What a lawyer reads before anything else: the client's conditions, sealed with the package."""

from __future__ import annotations

from cases.dossier.inputs import DossierInput
from cases.dossier.names import country

Line = list[str]  # words before, the words that matter, words after: as JSON it is sealed

NAMING = {
    "full": ["The name may be ", "used in full", "."],
    "name_sealed": ["The name goes ", "into a sealed envelope only", "."],
    "pseudonym": ["Name ", "protected in the file", ": a pseudonym; ask for anonymity first."],
    "org_only": ["The complaint goes out ", "in the organisation’s name", "."],
    "not_sure": ["The name is ", "not decided", ": ask the client before any use."],
}


def conditions(data: DossierInput) -> list[Line]:
    """Contact, name, and what was agreed to."""
    return [
        ["Contact ", "only through you and the caseworker", "; nobody else is given an address."],
        NAMING[data.complainant.naming],
        ["Consent: ", _place(data), " Not other States, not the United Nations, not media."],
    ]


def _place(data: DossierInput) -> str:
    forum = str(data.route.get("forum", ""))
    return f"{country(forum) if len(forum) == 2 else data.route.get('forum_name', forum)} only."
