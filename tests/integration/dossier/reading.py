"""Reading PDFs back with other people's programs."""

import re
import subprocess
from functools import lru_cache
from io import BytesIO

from pypdf import PdfReader


def normal(text: str) -> str:
    """One space between words, no soft hyphens."""
    return re.sub(r"\s+", " ", text.replace("\u00ad", "")).strip()


@lru_cache(64)
def by_pypdf(pdf: bytes) -> str:
    return normal(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


@lru_cache(64)
def by_poppler(pdf: bytes) -> str:
    return normal(piped(["pdftotext", "-", "-"], pdf).decode())


def fonts(pdf: bytes) -> list[list[str]]:
    """Rows of pdffonts: name ... emb sub uni object."""
    return [line.split() for line in piped(["pdffonts", "-"], pdf).decode().splitlines()[2:]]


def piped(command: list[str], data: bytes) -> bytes:
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout
