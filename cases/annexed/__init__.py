"""From an opened account, and what else of a case a lawyer may see, to the annexes of a dossier."""
