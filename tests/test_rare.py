"""Mistakes that no workspace of text alone can make: each is made here, and says what is wrong in its own words."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from PIL import Image

from docgen import press
from docgen.cli import main
from docgen.document import Box
from docgen.look import image, word
from docgen.press import Order
from docgen.problem import Problems
from docgen.shelf import Shelf
from docgen.write.pdf import plain
from docgen.write.pdf.plain import Sheet, Words

Acme = Callable[..., Path]


def run(home: Path, *words: str) -> Result:
    """Run a command on the workspace *home*."""
    return CliRunner().invoke(main, ["--home", str(home), "--today", "2026-11-23", *words], catch_exceptions=False)


def test_a_workspace_whose_ladders_are_gone_says_where_they_come_from(example: Path) -> None:
    """A folder that it has is its own in all."""
    (example / "letters" / "schedule.yaml").unlink()
    ran = run(example, "plan")
    assert ran.exit_code == 1
    assert ran.stderr.startswith("letters/schedule.yaml: there is no such file; `docgen init` writes one")


def test_a_letter_without_a_text_in_the_language_of_a_client_is_told_beforehand(example: Path) -> None:
    """By `check`, before it is due."""
    (example / "letters" / "es" / "second-notice.md").unlink()
    ran = run(example, "check")
    assert "there is no letters/es/second-notice.md yet, for clients who are written to in that language" in ran.stderr


def test_a_language_that_is_none_is_answered_with_those_there_are(tmp_path: Path) -> None:
    """The workspace's and the package's."""
    with pytest.raises(Problems, match=r"languages/xx\.yaml: there is no such file; there are en, es, is"):
        Shelf(tmp_path).data("languages", "xx")


def test_documents_that_would_share_a_file_are_refused(tmp_path: Path) -> None:
    """On a disk that does not tell capitals from small letters."""
    nothing: Any = None  # is asked for
    orders = [Order("letters", stem, nothing) for stem in ("acme/a-letter", "acme/A-letter")]
    with pytest.raises(Problems, match="acme/A-letter: would share its file with acme/a-letter"):
        list(press.gathered(Shelf(tmp_path), orders, []))


def test_a_certified_letter_without_a_number_is_recorded_with_a_warning(example: Path) -> None:
    """It may be filled in afterwards."""
    run(example, "print", "hekla")
    ran = run(example, "posted", "--from", str(example / "out/print/posting-list.csv"))
    assert ran.exit_code == 0
    assert "warning: " in ran.stderr
    assert "a certified letter has no article number" in ran.stderr


def test_a_picture_cut_short_is_damaged() -> None:
    """Half a PNG."""
    file = io.BytesIO()
    Image.effect_noise((300, 300), 50).save(file, "PNG")
    with pytest.raises(ValueError, match=r"is damaged \(.*\); save it anew as PNG"):
        image.read(file.getvalue()[:20_000])


def test_a_part_of_a_house_that_declares_a_document_type_is_refused_whatever_it_is_called() -> None:
    """Also one that the guard takes for no XML by its name."""
    with pytest.raises(ValueError, match="it declares a document type"):
        word.xml(b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')


@pytest.mark.parametrize(
    ("lines", "said"),
    [(("x" * 200,), "is too long for a width of 50 mm"), (("x",) * 99, "the address has 99 lines, and 12 fit")],
)
def test_an_address_that_does_not_fit_its_label_is_refused(lines: tuple[str, ...], said: str) -> None:
    """However small it is set."""
    sheet = Sheet(210, 297, (Words(Box(0, 0, 50, 36), lines, "clients.yaml"),))
    with pytest.raises(Problems, match=said):
        plain.write([sheet], "labels")
