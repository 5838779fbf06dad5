"""Which program made a file is told by all that the program is made of."""

from __future__ import annotations

import os
from pathlib import Path

from docgen import edition, reach
from docgen.press import HOUSES


def test_an_edited_text_makes_another_edition(tmp_path: Path) -> None:
    """Even if it is as long and as old as before; and so does one that moved."""
    text = tmp_path / "letters" / "en" / "notice.md"
    text.parent.mkdir(parents=True)
    text.write_text("Dear Ada", encoding="utf-8")
    before, was = edition.hashed(str(tmp_path)), text.stat()
    text.write_text("Dear Eva", encoding="utf-8")
    os.utime(text, ns=(was.st_atime_ns, was.st_mtime_ns))
    edited = edition.hashed(str(tmp_path))
    moved = edition.hashed(str(text.rename(text.with_name("other.md")).parents[2]))
    assert len({before, edited, moved}) == 3


def test_what_python_keeps_is_no_part_of_the_program(tmp_path: Path) -> None:
    """Nor is a link that leads nowhere, as an editor may leave it."""
    before = edition.hashed(str(tmp_path))
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "press.pyc").write_bytes(b"x")
    (tmp_path / ".#press.py").symlink_to("nobody@nowhere")
    assert edition.hashed(str(tmp_path)) == before
    assert edition.of(*HOUSES) == edition.of(*HOUSES)


def test_a_file_that_grew_meanwhile_is_read_whole(tmp_path: Path) -> None:
    """What the system says of its size may be of a moment before."""
    path = tmp_path / "notice.md"
    path.write_text("Dear Ada", encoding="utf-8")
    assert {reach.whole(str(path), size) for size in (0, 4, 8, 99)} == {b"Dear Ada"}
