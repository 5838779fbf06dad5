"""Pairs of letters stand as close in a PDF as their font wants, and are measured as they are drawn."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace

import pytest
import specimen
from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._k_e_r_n import KernTable_format_0
from test_pdf import house
from words_pdf import Shown, shown, words

from docgen.document import Run
from docgen.look import Look
from docgen.look.fonts import FAMILY, Face, own_fonts
from docgen.write import pdf
from docgen.write.pdf.kerning import Kerns


def font() -> TTFont:
    """Return the font that body text is set in."""
    return TTFont(io.BytesIO(own_fonts()[Face.REGULAR]))


def bare(text: str) -> float:
    """Return the width of *text* without kerning, for a size of 1 point."""
    found = font()
    names, metrics = found.getBestCmap(), found["hmtx"]
    width: int = sum(metrics[names[ord(character)]][0] for character in text)
    return width / 1000


def with_font(changed: TTFont) -> Look:
    """Return the look of letters with all text in the font *changed*."""
    file = io.BytesIO()
    changed.save(file)
    return replace(house("letter"), fonts={FAMILY: dict.fromkeys(Face, file.getvalue())})


def without_kerning(pairs: Mapping[tuple[str, str], int]) -> TTFont:
    """Return our font without its positioning, with a table of *pairs* of the old kind if there are any."""
    found = font()
    del found["GPOS"]
    if pairs:
        table = KernTable_format_0()
        table.coverage, table.tupleIndex, table.kernTable = 1, None, dict(pairs)
        found["kern"] = newTable("kern")
        found["kern"].version, found["kern"].kernTables = 0, [table]
    return found


def line(text: str, looks: Look | None = None) -> Shown:
    """Return *text* as a PDF shows it, on a line of its own."""
    data = pdf.write(specimen.document("en-US", "Letter", (specimen.plain(text),)), looks or house("letter"))
    assert words(data)[-len(text.split()) :] == text.split()
    (found,) = [item for item in shown(data) if item.text == text]
    return found


@pytest.mark.parametrize("text", ["AV", "To", "Te", "L’Ávila", "Þórður V. Ýsa", "Tel. Type-To"])
def test_a_kerned_pair_is_set_closer_and_stays_the_same_words(text: str) -> None:
    """Letters with room between them move together."""
    found = line(text)
    assert found.width < (bare(text) - 0.01) * found.size


@pytest.mark.parametrize("text", ["1.117,41 €", "71 174", "Hill"])
def test_figures_are_as_wide_as_ever(text: str) -> None:
    """They stand one below the other whatever is beside them."""
    found = line(text)
    assert found.width == pytest.approx(bare(text) * found.size, abs=0.001)


def test_figures_are_not_kerned_even_if_the_font_would() -> None:
    """Nor is a space: words are parted by its whole width."""
    kerns = Kerns(own_fonts()[Face.REGULAR], 1000)
    assert kerns["To"] == pytest.approx(-0.066)
    assert [kerns[pair] for pair in ("11", "1.", ",7", "T ", "T\N{NO-BREAK SPACE}", "\nA")] == [0] * 6


def test_a_font_may_have_an_old_table_or_none() -> None:
    """What it lacks is not missed."""
    plain = line("To", with_font(without_kerning({})))
    kerned = line("To", with_font(without_kerning({("T", "o"): -100})))
    assert plain.width == pytest.approx(bare("To") * plain.size, abs=0.001)
    assert kerned.width == pytest.approx(plain.width - 0.1 * kerned.size, abs=0.001)


def test_lines_end_where_kerned_words_do() -> None:
    """A line holds as many words as fit when drawn, more than their bare widths would allow."""
    word = "LTLT"
    data = pdf.write(specimen.document("en-US", "Letter", (specimen.plain(f"{word} " * 60),)), house("letter"))
    lines = [item for item in shown(data) if item.text.startswith(word)]
    style = house("letter").styles["Body Text"]
    room = house("letter").measure - style.left - style.right
    assert len(lines) > 3
    for found in lines[:-1]:
        one = line(word).width
        assert found.width <= room + 0.01 < found.width + one + bare(" ") * found.size
        assert bare(found.text.rstrip()) * found.size > room


@pytest.mark.parametrize("text", ["well-To do", "TVT—To", "Te" * 200])
def test_what_may_be_parted_is_kerned_where_it_is_not(text: str) -> None:
    """A dash and what follows it on its line are one."""
    data = pdf.write(specimen.document("en-US", "Letter", (specimen.plain(text),)), house("letter"))
    found = [item for item in shown(data) if item.size > 10 and item.text.strip() and item.text.strip() in text]
    assert "".join(item.text for item in found) == text
    kerns = Kerns(own_fonts()[Face.REGULAR], 1000)
    for item in found:
        pairs = map("".join, zip(item.text, item.text[1:], strict=False))
        assert item.width == pytest.approx((bare(item.text) + sum(kerns[pair] for pair in pairs)) * item.size, abs=0.01)


def test_runs_in_one_face_are_kerned_with_each_other() -> None:
    """A blank that was filled is no seam."""
    block = replace(specimen.plain(""), inlines=(Run("T"), Run("o"), Run("o", bold=True)))
    data = pdf.write(specimen.document("en-US", "Letter", (block,)), house("letter"))
    first, bold = [item for item in shown(data) if item.text in {"To", "o"}]
    assert first.text == "To"
    assert first.width < bare("To") * first.size
    assert first.x + first.width == pytest.approx(bold.x, abs=0.01)


def test_letters_far_apart_in_a_font_are_kerned_too() -> None:
    """A face of a file has all that a document needs."""
    found = line("TŵTŵ")
    assert found.width < (bare("TŵTŵ") - 0.01) * found.size
