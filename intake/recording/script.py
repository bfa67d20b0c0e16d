"""What a member reads aloud before anything is written down, in the language of the conversation."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext, override

from cases.statement import catalogue

CONSENT = "CNS-01"


@dataclass(frozen=True, slots=True)
class Script:
    """Sentences to read, then the question that needs a yes."""

    sentences: tuple[str, ...]
    question: str


def script(language: str) -> Script:
    """The script in a language of the survivors' pages."""
    asked = catalogue.question(CONSENT)
    why = asked.why[language] if asked.why else ""
    with override(language):
        sentences = (
            gettext("It costs you nothing, now or later."),
            gettext("You decide what you tell. You can pause or stop at any time, and nobody will mind."),
            gettext("You do not have to talk about violence. We need nothing of it to answer you."),
            gettext("I write down what you say. Before I send it, I read it to you, and you can change it."),
            gettext("You can take your yes back later. Then nobody works with it any more."),
            why,
        )
    return Script(sentences, asked.text[language])
