"""Fixtures of the cast. Imports stay inside: this module is read before Django's settings are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

if TYPE_CHECKING:
    from tests.factories.cast import Cast, Member, Survivor


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Let tests that commit empty the tables after themselves: around that, the audit trail has no triggers."""
    from django.db import connection, transaction

    from vault import append_only

    operations = type(connection.ops)
    empty = operations.execute_sql_flush

    def emptied(self: Any, statements: list[str]) -> None:
        with transaction.atomic():
            append_only.unguard(self.connection)
            empty(self, statements)
            append_only.guard(self.connection)

    operations.execute_sql_flush = emptied
    yield
    operations.execute_sql_flush = empty


@pytest.fixture
def fresh_deployment(settings: Any, tmp_path: Path) -> None:
    """No root yet, own folders for secrets, files and worker keys; these are on tmpfs, or no worker would start."""
    settings.ROOT_FINGERPRINT = None
    memory = settings.TMPFS_DIR / uuid4().hex
    for name, folder in (
        ("SECRETS_DIR", tmp_path / "secrets"),
        ("FILES_DIR", tmp_path / "files"),
        ("TMPFS_DIR", memory),
    ):
        folder.mkdir(mode=0o700)
        setattr(settings, name, folder)


@pytest.fixture
def cast(db: None, fresh_deployment: None) -> Cast:
    """A founded organisation: ben and chloe, dana and marek, lena and tomas."""
    from tests.factories.cast import found_cast
    from tests.factories.kept import kept

    return kept("cast", found_cast)


@pytest.fixture
def ben(cast: Cast) -> Member:
    """A caseworker."""
    return cast.ben


@pytest.fixture
def chloe(cast: Cast) -> Member:
    """Another caseworker."""
    return cast.chloe


@pytest.fixture
def dana(cast: Cast) -> Member:
    """A lead."""
    return cast.dana


@pytest.fixture
def marek(cast: Cast) -> Member:
    """Another lead."""
    return cast.marek


@pytest.fixture
def lena(cast: Cast) -> Member:
    """A lawyer."""
    return cast.lena


@pytest.fixture
def amina(cast: Cast) -> Survivor:
    """A survivor whose first answers have arrived."""
    from tests.factories.cast import first_contact
    from tests.factories.kept import kept

    return kept("amina", first_contact)


@pytest.fixture
def loaded(db: None) -> Any:
    """What load_jurisdictions leaves behind."""
    from tests.factories.law import loaded_law

    return loaded_law()
