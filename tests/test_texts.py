"""The texts of all languages say the same things: the same files, the same blanks, the same labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen.compose import outline, text
from docgen.compose.text import Template
from docgen.shelf import Shelf
from docgen.source import Map

HOME = Path(__file__).parent.parent
OTHERS = ("es", "is")


def templates(folder: str, language: str) -> dict[str, Template]:
    """Return the texts of a folder by name."""
    paths = (HOME / folder / language).glob("*.md")
    return {path.stem: text.read(path.read_bytes(), f"{folder}/{language}/{path.name}") for path in paths}


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("folder", ["contracts", "letters"])
def test_every_language_has_the_same_texts_with_the_same_blanks(folder: str, language: str) -> None:
    """No clause, letter or fact is lost in another language."""
    english, other = templates(folder, "en"), templates(folder, language)
    assert sorted(other) == sorted(english)
    for name, template in english.items():
        assert set(other[name].blanks) == set(template.blanks), name


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_labels(language: str) -> None:
    """Those for one law or country are a language's own business."""
    english, other = (Shelf(HOME).data("languages", code).root["labels"] for code in ("en", language))
    assert isinstance(english, Map)
    assert isinstance(other, Map)
    laws = (".es", ".is", ".us", ".uk", ".gb")
    assert {key for key in other if not key.endswith(laws)} == {key for key in english if not key.endswith(laws)}


def test_every_clause_of_the_outline_has_its_text_in_every_language() -> None:
    """One text for each choice that a clause has."""
    choices = {
        "deposit": ["first", "repeat", "upfront", "consumer"],
        "late_fee": ["contract", "statutory"],
        "ip": ["assign", "license"],
        "kill_fee": ["", "consumer"],
        "revisions": ["count", "time"],
        "reactivation_fee": [""],
        "kind": ["", "consumer"],
        "consumer": [""],
        "portfolio": [""],
        "": [""],
    }
    for language in ("en", *OTHERS):
        names = templates("contracts", language)
        for item in outline.read(Shelf(HOME)).clauses:
            for choice in choices[item.choice]:
                assert f"{item.clause}.{choice}".rstrip(".") in names, (language, item)
