"""Typed reading of the environment and of secret files; what is missing is said loudly."""

import hashlib
import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

ROOMS = ("portal", "intake", "cases", "jurisdictions", "people", "vault")  # our applications
SOCKET_LIMIT = 100  # bytes; sun_path has 108, and Redis adds a few of its own
SELF_MADE_TIME = "Self-made time, proves nothing"  # the name of an authority of portal.ops.authority
BASE_DIR = Path(__file__).resolve().parent.parent


def state_dir() -> Path:
    """Name the folder of everything that changes: PORTAL_STATE_DIR, else var/ beside the code."""
    return Path(os.environ.get("PORTAL_STATE_DIR", str(BASE_DIR / "var")))


def secrets_dir() -> Path:
    """Name the folder of secret files: PORTAL_SECRETS_DIR, else secrets/ in the state folder."""
    return Path(os.environ.get("PORTAL_SECRETS_DIR", str(state_dir() / "secrets")))


def secret_path(name: str, directory: Path) -> Path:
    """Name the file of one secret: PORTAL_<NAME>_FILE, else the file of that name in the folder."""
    return Path(os.environ.get(f"PORTAL_{name.upper()}_FILE", str(directory / name)))


def tmpfs_dir() -> Path:
    """Name the folder in memory: PORTAL_TMPFS_DIR, else the one that belongs to the state folder."""
    given = os.environ.get("PORTAL_TMPFS_DIR")
    return Path(given) if given else tmpfs_of(state_dir())


def tmpfs_of(state: Path) -> Path:
    """Name the folder in memory of this user for a state folder."""
    place = hashlib.sha256(os.fsencode(state.resolve())).hexdigest()[:12]
    return Path(f"/dev/shm/portal-{os.getuid()}-{place}")  # noqa: S108


def redis_socket(state: Path, memory: Path) -> Path:
    """Name the socket of the private Redis: in the state folder, or in memory where that path is too long for one."""
    wanted = state / "redis.sock"
    return wanted if len(os.fsencode(wanted)) <= SOCKET_LIMIT else memory / "redis.sock"


def folder(path: Path) -> Path:
    """Make a private folder and return it."""
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def secret(name: str, directory: Path) -> bytes:
    """Read one secret: from the file named in PORTAL_<NAME>_FILE, else from the secrets folder.

    Returns the bytes without surrounding white space. Raises ImproperlyConfigured with the file's name.
    """
    path = secret_path(name, directory)
    try:
        return path.read_bytes().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The secret '{name}' cannot be read from {path.name}; `manage.py make_secrets` writes a new one's."
        ) from error


def address(name: str, default: str) -> str:
    """Read a server's URL: from the file that <NAME>_FILE names (it may hold a password), or <NAME>, or default."""
    named = os.environ.get(f"{name}_FILE")
    if named is None:
        return os.environ.get(name) or default
    try:
        return Path(named).read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"{name}_FILE cannot be read.") from error


def hex_secret(name: str, directory: Path, length: int) -> bytes:
    """Read a secret of `length` bytes that is kept as hexadecimal digits."""
    try:
        value = bytes.fromhex(secret(name, directory).decode("ascii"))
    except ValueError as error:
        raise ImproperlyConfigured(f"The secret '{name}' is not hexadecimal.") from error
    if len(value) != length:
        raise ImproperlyConfigured(f"The secret '{name}' has {len(value)} bytes, not {length}.")
    return value


def filesystem_of(path: Path) -> str:
    """Name the type of the file system that holds a path, such as "tmpfs" (source: /proc/self/mounts)."""
    path = path.resolve()
    best, kind = "", "unknown"
    for line in Path("/proc/self/mounts").read_text().splitlines():
        mount, fstype = line.split()[1:3]
        mount = mount.replace("\\040", " ")
        if path.is_relative_to(mount) and len(mount) >= len(best):
            best, kind = mount, fstype
    return kind
