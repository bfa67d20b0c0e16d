"""Tags that belong to people: the lines at the top of a desk page."""
