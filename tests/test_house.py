"""The houses that come with docgen are sound Word files and are what tools/build_house.py makes."""

from __future__ import annotations

import io
import runpy
import subprocess
import sys
import zipfile
from pathlib import Path

import docxtpl_lint
import openxml_audit
import pytest

ROOT = Path(__file__).parent.parent
HOUSES = ("contracts/house.docx", "letters/house.docx")


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of the Word file *data* by their names, without their compression."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("name", HOUSES)
def test_a_house_is_a_valid_word_file(name: str) -> None:
    """Word has nothing to repair."""
    assert openxml_audit.OpenXmlValidator().validate(ROOT / name).errors == []


@pytest.mark.parametrize("name", HOUSES)
def test_a_house_is_a_template_without_a_finding(name: str) -> None:
    """No tag of docxtpl's is open, misplaced or lost on the way."""
    assert docxtpl_lint.lint(ROOT / name).issues == []


def test_the_houses_in_the_repository_are_those_that_are_built(tmp_path: Path) -> None:
    """Who changes a look changes the table of styles, not the file."""
    for name in HOUSES:
        (tmp_path / name).parent.mkdir()
    subprocess.run([sys.executable, "tools/build_house.py", tmp_path], cwd=ROOT, check=True)
    for name in HOUSES:
        assert parts((tmp_path / name).read_bytes()) == parts((ROOT / name).read_bytes())


def test_building_a_house_twice_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in a house depends on when it was built."""
    monkeypatch.chdir(ROOT)
    tool = runpy.run_path("tools/build_house.py")
    house = tool["HOUSES"][0]
    assert tool["build"](house) == tool["build"](house)


@pytest.mark.parametrize("name", HOUSES)
def test_a_house_carries_no_trace_of_the_library_that_made_it(name: str) -> None:
    """Neither names nor leftovers of python-docx's own template are in the file."""
    found = parts((ROOT / name).read_bytes())
    assert not [part for part, data in found.items() if b"python-docx" in data or b"latentStyles" in data]
    assert not [part for part in found if "customXml" in part or "thumbnail" in part or "WithEffects" in part]
