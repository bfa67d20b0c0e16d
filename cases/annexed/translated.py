"""The translation of an account that the team has typed, answer by answer, and the certificates for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cases.access import Account
from cases.actions.translating import Translation
from cases.dossier.annex_inputs import Translated
from cases.dossier.inputs import AccountSection


def translated(
    account: Account, sections: Sequence[AccountSection], found: Iterable[Translation], language: str
) -> Iterator[Translated]:
    """The translated answers that stand in annex B1, in its order. language: of the filing."""
    numbers = {version.id: version.number for version in account.versions}
    texts = {
        (numbers[each.of], key): (text, each.revision)
        for each in found
        if each.language == language and each.of in numbers
        for key, text in each.texts.items()
    }
    for section in sections:
        for answer in section.answers:
            text, revision = texts.get((section.version, f"{section.id}/{answer.question_id}"), ("", 0))
            if text.strip() and answer.value_en is None:
                yield Translated(section.id, section.version, answer.question_id, language, text, revision)
