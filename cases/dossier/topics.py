"""What a fact sentence can be about. Each variant says under which heading a topic stands."""

from __future__ import annotations

FACT_TOPICS = ("time_place", "arrest", "treatment", "release", "facts")  # in the order of the facts
OTHER_TOPICS = ("complainant", "context", "persons", "harm", "displacement", "complaints")
TOPICS = (*FACT_TOPICS, *OTHER_TOPICS)
