"""The looks that were worked out before are those that reading the houses says."""

from __future__ import annotations

from pathlib import Path

import pytest

from docgen import look
from docgen.look import reading, ready
from docgen.press import HOUSES
from docgen.shelf import EXAMPLE


@pytest.mark.parametrize("path", [f"{house}/house.docx" for house in HOUSES])
def test_a_house_looks_as_it_was_found_to_look(path: str) -> None:
    """To the last field; if not, `make house` works it out anew."""
    data = Path(EXAMPLE, path).read_bytes()
    assert ready.find(data) is not None
    assert repr(look.read(data, path)) == repr(reading.read(data, path))


def test_a_house_that_was_saved_anew_is_read() -> None:
    """Were it but a byte that differs."""
    assert ready.find(Path(EXAMPLE, "letters/house.docx").read_bytes() + b"\0") is None
