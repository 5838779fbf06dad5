"""What is kept ready in the package is what its tools make today."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from docgen import look, workday
from docgen.look import reading, ready
from docgen.press import HOUSES
from docgen.shelf import EXAMPLE
from docgen.write.pdf import srgb

TOOLS = Path(__file__).parent.parent / "tools"


@pytest.mark.parametrize(
    ("tool", "kept"), [("build_looks", ready.FILE), ("build_profile", srgb.FILE), ("build_regions", workday.LISTED)]
)
def test_what_is_kept_ready_is_what_its_tool_makes(tool: str, kept: Path) -> None:
    """If not, `make house`, `make profile` or `make regions` writes it anew."""
    made = runpy.run_path(str(TOOLS / f"{tool}.py"))["made"]()
    assert kept.read_bytes() == made


@pytest.mark.parametrize("path", [f"{house}/house.docx" for house in HOUSES])
def test_a_house_looks_as_it_was_found_to_look(path: str) -> None:
    """To the last field."""
    data = Path(EXAMPLE, path).read_bytes()
    assert ready.find(data)
    assert repr(look.read(data, path)) == repr(reading.read(data, path))


def test_a_house_that_was_saved_anew_is_read() -> None:
    """Were it but a byte that differs."""
    assert ready.find(Path(EXAMPLE, "letters/house.docx").read_bytes() + b"\0") is None
