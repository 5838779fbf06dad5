"""Everything about an unpaid invoice as one PDF."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import page as validation
import pypdf
import pytest
from click.testing import CliRunner, Result

from docgen.cli import main

Acme = Callable[..., Path]
NOTICE = "acme/2026-014-first-notice"
KEPT = "posted/acme/2026-09-01-2026-014-first-notice.pdf"


def run(home: Path, *words: str, today: str = "2026-09-20") -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), "--today", today, *words], catch_exceptions=False)


@pytest.fixture
def home(acme: Acme) -> Path:
    """Return a workspace in which a letter was posted."""
    folder = acme()
    for words in (["letters"], ["posted", NOTICE, "--tracking", "9400111206206406260787"]):
        assert run(folder, *words, today="2026-09-01").exit_code == 0
    return folder


def test_the_papers_are_in_one_file_numbered_through(home: Path) -> None:
    """Index, contract, invoice, the very letter, the calculation; bookmarked, and each page counted."""
    ran = run(home, "evidence", "2026-014")
    assert ran.exit_code == 0, ran.output
    made = pypdf.PdfReader(home / "out/acme/2026-014-evidence.pdf")
    names = [mark.title for mark in made.outline]  # type: ignore[union-attr]
    starts = [made.get_destination_page_number(mark) or 0 for mark in made.outline]  # type: ignore[arg-type]
    letter = "Letter as posted: Payment reminder: 2026-014, 2026-021, and 2026-025"
    assert names == ["Papers", "Contract, as in our records", "Invoice 2026-014", letter, "Calculation"]
    count = len(made.pages)
    texts = [page.extract_text() for page in made.pages]
    for number, text in enumerate(texts, start=1):
        assert f"Evidence 2026-014: page {number} of {count}" in text
    kept = pypdf.PdfReader(home / KEPT)
    for index, page in enumerate(kept.pages):
        assert page.extract_text().split() == texts[starts[3] + index].split()[: len(page.extract_text().split())]
    front = "\n".join(texts[: starts[1]])
    for words in (
        "9400 1112 0620 6406 2607 87",
        "Ordinary letter",
        "The work was delivered",
        "For each further day",
        "Owed on",
    ):
        assert words in front
    for name, start in zip(names[1:], starts[1:], strict=True):
        assert any(name in line and line.split()[-1] == str(start + 1) for line in rows(texts[: starts[1]], name))
    assert "For each further day" in texts[-1] or "further day" in texts[-1]


def rows(texts: list[str], name: str) -> list[str]:
    """Return the lines of an index from *name* to the number of its page."""
    words = " ".join("\n".join(texts).split())
    return [f"{name} {words[place + len(name) :].split(' 2026 ')[1].split()[0]}" for place in [words.index(name)]]


def test_the_same_papers_give_the_same_bytes(home: Path) -> None:
    """A second run writes nothing."""
    assert run(home, "evidence", "2026-014").stdout.startswith("made ")
    assert run(home, "evidence", "2026-014").stdout.startswith("unchanged ")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, f"{KEPT}: is missing, and register.csv:2:1 says that it was posted; put it back from a copy"),
        (b"%PDF-other", f"{KEPT}: has changed since it was posted: its SHA-256 is"),
    ],
)
def test_a_kept_file_that_is_missing_or_changed_is_a_mistake(home: Path, content: bytes | None, message: str) -> None:
    """Nothing is made."""
    (home / KEPT).unlink()
    if content:
        (home / KEPT).write_bytes(content)
    ran = run(home, "evidence", "2026-014")
    assert (ran.exit_code, (home / "out/acme/2026-014-evidence.pdf").exists()) == (1, False)
    assert message in ran.stderr


def test_an_unknown_invoice_is_wrong_usage(home: Path) -> None:
    """With the one that may be meant."""
    ran = run(home, "evidence", "2026-41")
    assert ran.exit_code == 2
    assert "there is no invoice `2026-41`" in ran.stderr


def test_the_file_is_kept_by_archives_and_holds_the_very_letters(home: Path) -> None:
    """PDF/A-3b; the attachment is the posted file byte by byte, and its sum is in the index."""
    assert run(home, "evidence", "2026-014").exit_code == 0
    content = (home / "out/acme/2026-014-evidence.pdf").read_bytes()
    assert not validation.validate_pdf_bytes(content, profile="3b").failures
    made = pypdf.PdfReader(io.BytesIO(content))
    (attached,) = made.attachments.values()
    assert attached == [(home / KEPT).read_bytes()]
    index = "".join(made.pages[0].extract_text().split())
    assert hashlib.sha256(attached[0]).hexdigest() in index


def test_a_word_file_that_was_posted_is_attached_beside_its_pages(home: Path) -> None:
    """Its sum is the register's; without the pages it cannot be put in."""
    printed, word = home / KEPT, (home / KEPT).with_suffix(".docx")
    register = home / "register.csv"
    before = hashlib.sha256(printed.read_bytes()).hexdigest()
    word.write_bytes(b"PK, as Word wrote it")
    register.write_text(register.read_text().replace(before, hashlib.sha256(word.read_bytes()).hexdigest()))
    assert run(home, "evidence", "2026-014").exit_code == 0
    made = pypdf.PdfReader(home / "out/acme/2026-014-evidence.pdf")
    assert list(made.attachments.values()) == [[word.read_bytes()]]
    printed.unlink()
    assert "is a Word file; put the PDF that was printed from it beside it" in run(home, "evidence", "2026-014").stderr
    printed.write_bytes(b"no PDF")
    assert "is no PDF that can be read" in run(home, "evidence", "2026-014").stderr


@pytest.mark.parametrize("language", ["en", "es", "is"])
def test_every_invoice_of_the_example_can_be_gathered(example: Path, language: str) -> None:
    """Paid, credited, or under another law; in the language of the business."""
    path = example / "clients.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("\n  language: en ", f"\n  language: {language} ", 1), encoding="utf-8")
    for number in ("2026-028", "2026-036", "2026-043", "2026-016", "2026-037"):
        ran = run(example, "evidence", number, today="2026-11-23")
        assert ran.exit_code == 0, ran.output
