import ast
import subprocess
import sys
from pathlib import Path

import vault.envelope

FOLDER = Path(vault.envelope.__file__).parent
MODULES = sorted(path.stem for path in FOLDER.glob("*.py") if path.stem != "__init__")
PURE = {"collections", "dataclasses", "enum", "functools", "hashlib", "hmac", "os", "queue", "secrets", "struct"}
PURE |= {"__future__", "threading", "typing", "unicodedata", "weakref"}
LOADS = "import importlib, sys; [importlib.import_module('vault.envelope.' + name) for name in sys.argv[1:]]; "


def test_the_envelope_loads_no_framework_and_no_settings():
    shows = LOADS + "print(*{name.partition('.')[0] for name in sys.modules} & {'django', 'celery', 'redis', 'portal'})"
    done = subprocess.run(
        [sys.executable, "-c", shows, *MODULES], capture_output=True, text=True, check=True, cwd=FOLDER.parents[1]
    )
    assert done.stdout.strip() == ""


def test_the_envelope_opens_and_prints_nothing():
    nodes = [node for path in FOLDER.glob("*.py") for node in ast.walk(ast.parse(path.read_text()))]
    imported = {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    called = {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert {name.partition(".")[0] for name in imported} - {"vault", "cryptography"} <= PURE
    assert not called & {"open", "print", "exec", "eval", "__import__"}
