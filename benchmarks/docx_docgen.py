"""Word files by docgen, from a house as it comes with docgen, each read back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docgen import look
from docgen.document import Document
from docgen.proof import docx as proof
from docgen.write import docx


def writer(house: Path) -> Callable[[Document], bytes]:
    """Return what writes documents that look as *house* says."""
    looks = look.read(house.read_bytes(), house.name)

    def write(document: Document) -> bytes:
        made = docx.write(document, looks)
        proof.check(made, document, looks)
        return made

    return write
