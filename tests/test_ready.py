"""What is kept ready in the package is what its tools make today."""

from __future__ import annotations

import base64
import io
import json
import runpy
import zlib
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from docgen import look, workday
from docgen.look import reading, ready
from docgen.press import HOUSES
from docgen.shelf import EXAMPLE
from docgen.source import Lines, List, Map, Node, Source, Text, builder
from docgen.source import ready as sources
from docgen.write.pdf import ready as fonts
from docgen.write.pdf import srgb

TOOLS = Path(__file__).parent.parent / "tools"


@pytest.mark.parametrize(
    ("tool", "kept"),
    [
        ("build_looks", ready.FILE),
        ("build_profile", srgb.FILE),
        ("build_regions", workday.LISTED),
        ("build_sources", sources.FILE),
    ],
)
def test_what_is_kept_ready_is_what_its_tool_makes(tool: str, kept: Path) -> None:
    """If not, `make house`, `make profile`, `make regions` or `make sources` writes it anew."""
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


def unpacked(part: dict[str, Any]) -> dict[str, Any]:
    """Return a *part* of a font as it is shown, whatever HarfBuzz and zlib made the bytes of."""
    outlines, glyphs, characters = (zlib.decompress(base64.b64decode(part[name])) for name in fonts.PACKED)
    font = TTFont(io.BytesIO(outlines))
    drawn = {name: font["glyf"][name].getCoordinates(font["glyf"])[0] for name in font.getGlyphOrder()}
    name = part["name"].partition("+")[2]
    return part | {"name": name, "length": 0, "outlines": drawn, "glyphs": glyphs, "characters": characters}


def fonts_of(lines: bytes) -> dict[bytes, Any]:
    """Return what *lines* say of each font, by its hash."""
    return {hashed: json.loads(said) for hashed, said in (line.split(b" ", 1) for line in lines.splitlines())}


def test_what_is_known_of_our_fonts_is_what_their_files_say() -> None:
    """Every measure, the kerning of each pair, and the part of them that most documents take; or `make fonts`."""
    made, kept = map(fonts_of, (runpy.run_path(str(TOOLS / "build_measures.py"))["made"](), fonts.FILE.read_bytes()))
    assert list(made) == list(kept)
    for font, said in made.items():
        assert said | {"part": unpacked(said["part"])} == kept[font] | {"part": unpacked(kept[font]["part"])}


def test_a_font_that_is_not_ours_is_read() -> None:
    """Were it but a byte that differs."""
    ours = look.fonts.own_fonts()[look.fonts.Face.BOLD]
    assert fonts.find(ours)
    assert fonts.find(ours + b"\0") is None


@pytest.mark.parametrize("file", runpy.run_path(str(TOOLS / "build_sources.py"))["files"](), ids=lambda file: file.name)
def test_a_file_that_comes_with_docgen_says_what_it_says(file: Path) -> None:
    """Every value, its place, its comment and what kind of text it is, and each key."""
    data = file.read_bytes()
    found = sources.find(data)
    assert found
    assert shown(found) == shown(builder.built(Source("x", Lines(data)), data))


def shown(node: Node | None) -> object:
    """Return all there is to *node*."""
    if isinstance(node, Map):
        keys = [(type(key), type(text), shown(text)) for key, (text, _) in zip(node, node.placed(), strict=True)]
        return type(node), node.line, node.column, keys, list(map(shown, node.values()))
    if isinstance(node, List):
        return type(node), node.line, node.column, list(map(shown, node))
    return (
        type(node),
        str(node),
        *((node.line, node.column, node.comment) if isinstance(node, Text) else ()),
    )
