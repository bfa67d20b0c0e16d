"""Searching the cases that a person may open. Nothing is indexed: a search opens what it looks through, in slices."""
