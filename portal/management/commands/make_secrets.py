"""Write the secret files of a new deployment; what exists is never touched."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.dossier.errors import PackageFailed
from cases.dossier.keys import read_keys
from cases.dossier.new_keys import new_keys, new_signer
from portal.environment import folder, secret_path, secrets_dir

SECRETS: dict[str, Callable[[], str]] = {
    "django_secret_key": lambda: secrets.token_urlsafe(64),
    "deployment": lambda: secrets.token_hex(16),
    "deployment_salt": lambda: secrets.token_hex(32),
    "worker_delegate": lambda: secrets.token_hex(32),  # seed of the key that signs this host's hourly worker keys
    "package_keys": new_keys,  # sign manifests; marked as self-made
    "document_signer": new_signer,  # signs the documents of a package; its certificate says that nobody vouches for it
}
FINGERPRINT = "package_fingerprint"  # no secret: what the lawyer's page and the public page show


class Command(BaseCommand):
    """`manage.py make_secrets`: runs without settings, because these need the secrets."""

    help = "Write the secret files that are missing, with mode 600. Nothing is overwritten."
    requires_system_checks: list[str] = []  # noqa: RUF012 - Django declares it so

    def add_arguments(self, parser: CommandParser) -> None:
        """--servers adds the passwords and addresses that docker-compose.yml names."""
        parser.add_argument("--servers", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write what is missing and say its names, never its content."""
        made = write_missing(secrets_dir())
        if options["servers"]:
            made += write_servers(secrets_dir())
        self.stdout.write(f"made: {', '.join(made)}" if made else "every secret is there; nothing was changed")


def write_missing(directory: Path) -> list[str]:
    """Write each secret that has no file yet and return the names of those written."""
    folder(directory)
    made = [name for name, make in SECRETS.items() if write_once(secret_path(name, directory), make())]
    return made + write_fingerprint(directory)


def write_fingerprint(directory: Path) -> list[str]:
    """Write the fingerprint of the package keys beside them, unless there is one or the keys are not ours to read."""
    try:
        fingerprint = read_keys(secret_path("package_keys", directory).read_text()).fingerprint
    except (OSError, UnicodeDecodeError, PackageFailed):
        return []
    return [FINGERPRINT] if write_once(secret_path(FINGERPRINT, directory), fingerprint) else []


def write_servers(directory: Path) -> list[str]:
    """Write passwords for PostgreSQL and Redis, each with the address that holds it, unless there are some."""
    owner, app, broker = (secrets.token_hex(32) for _ in range(3))
    if any((directory / name).exists() for name in ("postgres_password", "redis_users")):
        return []
    texts = {
        "postgres_password": owner,
        "database_owner_url": f"postgres://portal:{owner}@postgres:5432/portal",
        "postgres_app_password": app,
        "database_url": f"postgres://portal_app:{app}@postgres:5432/portal",
        "redis_users": f"user default off\nuser portal on >{broker} ~* &* +@all -@admin -@dangerous +info +flushdb",
        "redis_url": f"redis://portal:{broker}@redis:6379/0",
    }
    return [name for name, text in texts.items() if write_once(directory / name, text)]


def write_once(path: Path, value: str) -> bool:
    """Create a file with mode 600; False, and nothing touched, if it exists already."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with open(descriptor, "w") as file:
        file.write(value + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True
