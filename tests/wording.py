"""What is printed in a language whatever the records say: the words of its texts and of its labels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from docgen.compose import text
from docgen.shelf import Shelf
from docgen.source import Map

HOME = Path(__file__).parent.parent
SHELF = Shelf(HOME)


def paragraphs(code: str) -> Iterator[tuple[str, str]]:
    """Yield where each paragraph and each label of the language *code* stands, and its words, with blanks in braces."""
    for folder in ("contracts", "letters"):
        for path in sorted((HOME / folder / code).glob("*.md")):
            for paragraph in text.read(path.read_bytes(), path.name).paragraphs:
                words = "".join(f"{{{piece.text}}}" if piece.blank else piece.text for piece in paragraph.pieces)
                yield f"{folder}/{code}/{path.name}", words
    labels = SHELF.data("languages", code).root["labels"]
    assert isinstance(labels, Map)
    for name, label in labels.items():
        yield f"{code}.yaml {name}", str(label)
