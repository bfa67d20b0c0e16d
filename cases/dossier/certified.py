"""Is what is translated certified? Pure functions on the data, for the annex B2 and for whoever releases a dossier.

A certificate is bound to the words that the translator saw: to those of the account and to those of the translation.
When one of them changes, it speaks of another text, and the translation is without a certificate again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from cases.dossier.annex_inputs import Certificate, Translated
from cases.dossier.inputs import AccountSection, DossierInput
from cases.dossier.variant import find

GAP = "\n\n"  # between the answers in the text that a digest is made of


def source_digest(account: Iterable[AccountSection], version: int) -> str:
    """SHA-256, hex, of what a version of the account says in typed words: each answer as typed, a blank line between.

    UTF-8; what is no character is written as \\udcff. Answers that were chosen from a list are not among them.
    """
    sections = (section for section in account if section.version == version)
    return _digest(answer.value for section in sections for answer in section.answers if answer.value_en is None)


def translation_digest(passages: Iterable[Translated], version: int) -> str:
    """The same of the translated answers of that version, in the order given."""
    return _digest(each.text for each in passages if each.version == version)


def certificates_for(data: DossierInput, version: int) -> tuple[Certificate, ...]:
    """The certificates that hold for the translation of a version, as both texts stand in the data."""
    language = find(data.variant).language
    wanted = (version, language, source_digest(data.account, version), translation_digest(data.translation, version))
    return tuple(
        each
        for each in data.certificates
        if each.is_complete and (each.version, each.language, each.source, each.translation) == wanted
    )


def translations_without_certificate(data: DossierInput) -> tuple[int, ...]:
    """The versions of the account whose translation stands in annex B2 without a certificate that holds for it.

    In a pseudonymised copy words were replaced after the translator signed: there it counts that the full one has it.
    """
    found = data.certified if data.is_pseudonymised else certified_versions(data)
    return tuple(version for version in versions(data.translation) if version not in found)


def certified_versions(data: DossierInput) -> tuple[int, ...]:
    """The versions whose translation has a certificate that holds, as the texts stand here."""
    return tuple(version for version in versions(data.translation) if certificates_for(data, version))


def untranslated(data: DossierInput) -> tuple[str, ...]:
    """Typed answers of annex B1 that are in another language than the filing and not translated: "EPI-08 (1)".

    The number is that of the version of the account.
    """
    language = find(data.variant).language
    done = {(each.section_id, each.version, each.question_id) for each in data.translation if each.text.strip()}
    return tuple(
        f"{answer.question_id} ({section.version})"
        for section in data.account
        for answer in section.answers
        if answer.value_en is None and answer.value.strip() and answer.lang.split("-")[0] != language
        and (section.id, section.version, answer.question_id) not in done
    )  # fmt: skip


def _digest(texts: Iterable[str]) -> str:
    return hashlib.sha256(GAP.join(texts).encode("utf-8", "backslashreplace")).hexdigest()


def versions(passages: Sequence[Translated]) -> tuple[int, ...]:
    """The versions of the account that are translated, in order."""
    return tuple(sorted({each.version for each in passages}))
