"""Write the vectors in tests/vectors/envelope/: one JSON file per case, always the same bytes.

Run `python -m tests.vectors.make_envelope [folder]` from the project's root. A file says which operation meets which
inputs (hex; numbers are numbers) and what comes out: "ok" with the output in hex, or the kind of failure. The pieces
of a stored stream are hex or a part (start, stop in bytes) of the stream in another file.
The formats are final: a change of a positive vector is a change of what old ciphertext means.
"""

import json
import sys
from pathlib import Path

from tests.vectors import cases_people, cases_records

FOLDER = Path(__file__).parent / "envelope"
SOURCES = (
    cases_records.values,
    cases_records.streams,
    cases_records.sealed_to_keys,
    cases_people.keys,
    cases_people.signatures,
    cases_people.pq_signatures,
    cases_people.receipts,
    cases_people.passwords,
)


def plain(thing):
    """Bytes as hex, inside lists too; everything else as it is."""
    if isinstance(thing, list):
        return [plain(part) for part in thing]
    return thing.hex() if isinstance(thing, bytes) else thing


def vectors():
    """Every case: its file name and the text of the file."""
    for source in SOURCES:
        for name, operation, expect, inputs, output in source():
            body = {"operation": operation, "expect": expect, **{key: plain(given) for key, given in inputs.items()}}
            if output is not None:
                body["output"] = plain(output)
            yield f"{name}.json", json.dumps(body, indent=1) + "\n"


def write(folder):
    """Write every case into folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in vectors():
        (folder / name).write_text(text)


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
