"""Every kind of document in every language: its words, and that every format carries the same ones.

`make golden` writes tests/golden anew; read the difference as you would read the letters.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import page as validation
import papers
import pypdf
import pytest
import words_docx
import words_pdf

from docgen import look
from docgen.write import docx, pdf, text

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the records."""
    return tmp_path_factory.mktemp("papers")


def house(name: str) -> look.Look:
    """Return how the house in the folder *name* looks."""
    path = papers.HOME / name / "house.docx"
    return look.read(path.read_bytes(), str(path))


def golden(path: Path, found: bytes) -> None:
    """Compare *found* with what was accepted, or accept it."""
    if os.environ.get("GOLDEN") == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found)
    assert found.decode() == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", papers.LANGUAGES)
@pytest.mark.parametrize("kind", papers.KINDS)
def test_a_document_says_what_was_accepted(kind: str, language: str, folder: Path) -> None:
    """Every word, sum and date of every kind of document."""
    name, document = papers.every(language, folder)[kind]
    golden(GOLDEN / language / f"{kind}.txt", text.write(document, house(name)))


@pytest.mark.parametrize("language", papers.LANGUAGES)
@pytest.mark.parametrize("kind", papers.SHEETS)
def test_a_call_sheet_is_one_page_to_hold(kind: str, language: str, folder: Path) -> None:
    """What follows a no has a second page, for our own review."""
    name, document = papers.every(language, folder)[kind]
    made = pypdf.PdfReader(io.BytesIO(pdf.write(document, house(name))))
    assert len(made.pages) == (2 if kind == "after-no" else 1)


@pytest.mark.parametrize("law", papers.LAWS)
@pytest.mark.parametrize("language", papers.LANGUAGES)
@pytest.mark.parametrize("kind", ["contract-repeat", "final-notice"])
def test_what_depends_on_the_law_says_what_was_accepted(kind: str, language: str, law: str, folder: Path) -> None:
    """The documents with other words, deadlines or services under each law."""
    name, document = papers.every(language, folder, law)[kind]
    golden(GOLDEN / language / f"{kind}.{law}.txt", text.write(document, house(name)))


@pytest.mark.parametrize("language", papers.LANGUAGES)
@pytest.mark.parametrize("kind", papers.KINDS)
def test_every_format_carries_the_same_words_and_the_pdf_is_valid(kind: str, language: str, folder: Path) -> None:
    """The words of the text are those of the Word file and of the PDF, which passes PDF/A-3a and PDF/UA-1."""
    name, document = papers.every(language, folder)[kind]
    looks = house(name)
    expected = [word for word in text.write(document, looks).decode().split() if word != "-"]
    assert words_docx.words(docx.write(document, looks)) == expected
    made = pdf.write(document, looks)
    assert made.count(b"\nendstream") == made.count(b"\r\nendstream")  # no byte of a stream is taken for the line end
    assert words_pdf.words(made) == expected
    for profile in ("3a", "ua1"):
        assert not validation.validate_pdf_bytes(made, profile=profile).failures
