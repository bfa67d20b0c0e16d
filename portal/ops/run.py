"""`make run`: the whole portal on this machine until Ctrl-C."""

import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from portal.environment import state_dir
from portal.ops.deployment import Deployment
from portal.ops.processes import StartError, free_port
from portal.ops.services import SIGNATURES, Clamd

PORT = 8000


class Stop(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


def main() -> int:
    """Prepare, start, say where, wait, stop; returns the exit code."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, on_signal)
    portal = Deployment(
        state_dir(), port(), os.environ.get("DATABASE_URL"), os.environ.get("REDIS_URL"), signatures=signatures(),
        is_timed="PORTAL_TIME_AUTHORITY_URL" not in os.environ,
    )  # fmt: skip
    portal.settings = own_settings()
    try:
        sys.stdout.write(portal.prepare("--demo"))
        portal.start()
        print(addresses(portal), flush=True)
        return wait(portal)
    except Stop:
        return 0
    except StartError as error:
        print(f"The portal did not start: {error}", file=sys.stderr)
        return 1
    finally:
        ignore_signals()
        finish(portal)


def on_signal(number: int, frame: FrameType | None) -> None:
    """Turn a signal into the end of waiting."""
    raise Stop


def ignore_signals() -> None:
    """Stop in peace: a second Ctrl-C changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def own_settings() -> dict[str, str]:
    """Hand on what the caller set for the portal, but for what the deployment decides."""
    decided = {"PORTAL_STATE_DIR", "PORTAL_BIND"}
    return {name: value for name, value in os.environ.items() if name.startswith("PORTAL_") and name not in decided}


def signatures() -> Path | None:
    """Where clamd's signatures are, if a scanner can be started with them and the caller names none."""
    is_possible = Clamd(Path(), Path()).is_possible and "PORTAL_CLAMD" not in os.environ
    return SIGNATURES if is_possible else None


def port() -> int:
    """Choose the port: PORT if given, which must be free; else 8000 or the next that is free."""
    if not (wanted := os.environ.get("PORT")):
        return free_port(PORT)
    if free_port(int(wanted)) != int(wanted):
        raise SystemExit(f"Port {wanted} is taken.")
    return int(wanted)


def addresses(portal: Deployment) -> str:
    """Say what is where."""
    lines = [
        "",
        f"  survivors   {portal.url}/be/   {portal.url}/ru/   {portal.url}/en/",
        f"  staff       {portal.url}/desk/sign-in/",
        f"  data        {shown(portal.state)}",
        f"  files       {scanned(portal)}",
        f"  time        {stamped(portal)}",
        "",
        "  Say localhost, not 127.0.0.1: for localhost browsers keep Secure cookies without TLS.",
        "  Sign in with login, password and the six digits of an authenticator; both were shown at the first start.",
        "  Ctrl-C stops everything.",
        "",
    ]
    return "\n".join(lines)


def scanned(portal: Deployment) -> str:
    """Say whether uploaded files are scanned."""
    if portal.scanner:
        return f"scanned by a private clamd with the signatures in {portal.scanner.signatures}, once it has loaded them"
    named = portal.settings.get("PORTAL_CLAMD")
    return f"scanned by clamd at {named}" if named else "not scanned: there is no clamd with signatures here"


def stamped(portal: Deployment) -> str:
    """Say who says the time of dossiers for filing."""
    if portal.is_timed:
        return (
            "stamped by a self-made authority on this machine, which proves nothing to anybody; name a real one to file"
        )
    return f"stamped by the authority at {portal.settings['PORTAL_TIME_AUTHORITY_URL']}"


def shown(path: Path) -> str:
    """Show a path relative to here where that is shorter."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def wait(portal: Deployment) -> int:
    """Wait for a signal; 1 when a process ended by itself."""
    while not (dead := portal.dead()):
        time.sleep(0.2)
    print(f"ended by itself: {', '.join(dead)}", file=sys.stderr)
    return 1


def finish(portal: Deployment) -> None:
    """Stop all processes and say what had to be killed."""
    started = time.monotonic()
    killed = portal.stop()
    note = f", killed: {', '.join(killed)}" if killed else ""
    print(f"stopped in {time.monotonic() - started:.1f} s{note}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
