"""Every model says of every field what a thief would read in it.

sealed: ciphertext or a public key; nothing to read without a key.
metadata: readable without a key, and accepted as such in docs/threat-model.md.
public: could be printed on the door.
"""

from collections.abc import Iterable, Mapping

CLASSES = ("sealed", "metadata", "public")


def declare(
    *, sealed: Iterable[str] = (), metadata: Iterable[str] = (), public: Iterable[str] = ()
) -> Mapping[str, str]:
    """Map each field name to its class; a name given twice is a ValueError."""
    declared: dict[str, str] = {}
    for kind, names in zip(CLASSES, (sealed, metadata, public), strict=True):
        for name in names:
            if name in declared:
                raise ValueError(f"field declared twice: {name}")
            declared[name] = kind
    return declared
