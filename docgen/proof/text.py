"""Reads plain text back."""

from __future__ import annotations

from docgen import proof
from docgen.document import Document
from docgen.look import Look
from docgen.proof import said

FORM = "text"


def check(data: bytes, document: Document, look: Look) -> None:
    """Raise Problems if the text *data* does not say what *document* does."""
    wanted: list[str] = []
    for section, first in said.sections(document.blocks):
        wanted += said.letterhead(document, look) if first else []
        wanted += [text for block in section for text in said.texts(block, bullet="-")]
    proof.compare(FORM, data.decode().split(), said.words(wanted))
