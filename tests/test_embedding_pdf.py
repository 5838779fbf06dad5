"""The part of a font in a PDF shows what the document says, is small, and follows from the document alone."""

from __future__ import annotations

import io
from collections.abc import Collection
from dataclasses import replace

import page as validation
import pikepdf
import pytest
import specimen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from test_pdf import house
from words_pdf import shown, words

from docgen.document import Document
from docgen.look import Look
from docgen.look.fonts import FAMILY, Face, own_fonts
from docgen.write import pdf

PILE = "\N{PILE OF POO}"


def letter(text: str) -> Document:
    """Return a letter that says *text*."""
    return specimen.document("es-ES", "Carta", (specimen.plain(text),))


def with_characters(changed: dict[int, str], without: Collection[int] = ()) -> Look:
    """Return the look of letters with *changed* characters in its font, by the names of their glyphs."""
    font = TTFont(io.BytesIO(own_fonts()[Face.REGULAR]))
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {code: name for code, name in font.getBestCmap().items() if code not in without} | changed
    font["cmap"].tables = [table]
    file = io.BytesIO()
    font.save(file)
    return replace(house("letter"), fonts={FAMILY: dict.fromkeys(Face, file.getvalue())})


def files(data: bytes) -> dict[str, bytes]:
    """Return the font files in the PDF *data*, by the names of the fonts."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as file:
        found = [font.DescendantFonts[0] for font in file.pages[0].resources.Font.values()]
        return {str(font.BaseFont): font.FontDescriptor.FontFile2.read_bytes() for font in found}


def test_letters_of_alphabets_that_are_not_used_are_not_there() -> None:
    """A letter in Spanish carries no Greek, one in Greek does."""
    spanish, greek = (pdf.write(letter(text), house("letter")) for text in ("Señora:", "Κυρία:"))
    assert len(spanish) < 35_000
    assert len(spanish) < len(greek) < 45_000


def test_the_part_of_a_font_is_the_same_in_many_documents() -> None:
    """And each of its parts has a name of its own."""
    one, other, more = (files(pdf.write(letter(text), house("letter"))) for text in ("Señora:", "Año", "Łódź"))
    assert one == other
    assert one.keys() != more.keys()


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_characters_beyond_the_first_plane_are_shown(profile: str) -> None:
    """A font of the owner's may have some."""
    data = pdf.write(letter(f"a{PILE}b A{PILE}"), with_characters({ord(PILE): "A"}))
    assert words(data)[-2:] == [f"a{PILE}b", f"A{PILE}"]
    assert not validation.validate_pdf_bytes(data, profile=profile).failures


def test_a_font_without_a_no_break_space_has_that_of_a_space() -> None:
    """What is copied has plain spaces."""
    looks = with_characters({}, [0xA0])
    plain, bound = (
        next(item for item in shown(pdf.write(letter(text), looks)) if item.text == "10 %")
        for text in ("10 %", "10\N{NO-BREAK SPACE}%")
    )
    assert bound.width == plain.width


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_control_characters_of_a_font_are_left_out(profile: str) -> None:
    """Some fonts have glyphs for them; no text in a file may."""
    data = pdf.write(letter("Señora:"), with_characters({0: "space", 0x0D: "space", 0x7F: "A", 0xFEFF: "A"}))
    assert not validation.validate_pdf_bytes(data, profile=profile).failures


@pytest.mark.parametrize("text", ["(a) \\ b)", "Ñandú “y”", "漢字 \U0001f4a9"])
def test_what_a_file_says_of_itself_may_have_any_signs(text: str) -> None:
    """It is written as it is."""
    data = pdf.write(replace(letter("Línea"), subject=text), house("letter"))
    with pikepdf.Pdf.open(io.BytesIO(data)) as file:
        assert str(file.docinfo["/Subject"]) == text
