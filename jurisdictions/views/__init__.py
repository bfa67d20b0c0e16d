"""The pages on States, each in a module of its own."""

from jurisdictions.views.compare import compare
from jurisdictions.views.states import state, states
from jurisdictions.views.what_if import what_if
from jurisdictions.views.world import map_of_states

__all__ = ["compare", "map_of_states", "state", "states", "what_if"]
