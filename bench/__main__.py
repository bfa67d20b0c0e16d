"""`make bench [NAME=x]`: run the benchmarks, one JSON object a line; exit 1 when a goal is missed."""

import importlib
import json
import sys
from pathlib import Path

SELF = {"__init__", "__main__", "browser", "floors", "plain_forms", "processor"}


def main(only: str) -> int:
    """Run every module of this folder that has a NAME, or the one that is named."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in SELF)
    modules = [importlib.import_module(f"bench.{name}") for name in names]
    chosen = [module for module in modules if hasattr(module, "NAME") and only in ("", module.NAME)]
    if not chosen:
        print(f"no benchmark is called {only}", file=sys.stderr)
        return 2
    return max(_report(line) for module in chosen for line in module.run())


def _report(line: dict[str, object]) -> int:
    print(json.dumps(line), flush=True)
    return 0 if line["ok"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
