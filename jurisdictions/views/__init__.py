"""The pages on States, each in a module of its own."""

from jurisdictions.views.compare import compare
from jurisdictions.views.states import state, states

__all__ = ["compare", "state", "states"]
