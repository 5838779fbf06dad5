"""house.docx decides how documents look."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import look
from docgen.look import fonts, tags, template
from docgen.look.fonts import Face
from docgen.look.style import STYLES, Line
from docgen.problem import Problems

ROOT = Path(__file__).parent.parent
HOUSES = ["letters/house.docx", "contracts/house.docx"]
MM = 72 / 25.4


def changed(name: str, part: str, old: bytes, new: bytes) -> bytes:
    """Return the house *name* with *old* replaced by *new* in its *part*."""
    made = io.BytesIO()
    with zipfile.ZipFile(ROOT / name) as source, zipfile.ZipFile(made, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            if entry == part:
                assert old in data
                data = data.replace(old, new)
            target.writestr(entry, data)
    return made.getvalue()


@pytest.mark.parametrize("name", HOUSES)
def test_a_house_of_ours_says_all_that_is_wanted(name: str) -> None:
    """Paper, margins, every style, its lists and its fonts."""
    data = (ROOT / name).read_bytes()
    found = look.read(data, name)
    assert found.template == data
    assert (found.width / MM, found.left / MM, found.header / MM) == pytest.approx((210, 25, 14), abs=0.1)
    assert set(found.styles) == set(STYLES)
    assert [found.levels[f"Clause {level}"].text for level in (1, 2, 3)] == ["%1.", "%1.%2", "%1.%2.%3"]
    assert found.styles["Clause 2"].left == found.levels["Clause 2"].indent == -found.styles["Clause 2"].first
    assert found.styles["Title"].color == "#1f4e79"
    assert found.styles["Table Number"].align == "right"
    assert found.styles["Writing Line"].border_bottom == Line(0.5, "#111111")
    assert found.table.head.width == pytest.approx(0.75)


@pytest.mark.parametrize("name", HOUSES)
def test_the_fonts_in_a_house_come_out_as_they_went_in(name: str) -> None:
    """What Word hides in its embedded fonts is undone; bold stands in for bold italic."""
    faces = look.read((ROOT / name).read_bytes(), name).fonts["Docgen Sans"]
    assert dict(faces) == fonts.own_fonts()
    assert faces[Face.BOLD_ITALIC] == faces[Face.BOLD]


def test_a_size_changed_in_word_changes_the_look_of_all_that_inherit_it() -> None:
    """The base style's size reaches body text, and leaves alone what has a size of its own."""
    name = "letters/house.docx"
    before = look.read((ROOT / name).read_bytes(), name)
    after = look.read(changed(name, "word/styles.xml", b'<w:sz w:val="22"/>', b'<w:sz w:val="25"/>'), name)
    assert (before.styles["Body Text"].size, after.styles["Body Text"].size) == (11, 12.5)
    assert after.styles["Title"].size == before.styles["Title"].size


def test_an_indent_that_only_the_list_has_reaches_its_style() -> None:
    """Word writes an indent changed in its list dialogue into the numbering."""
    name = "contracts/house.docx"
    own = b'<w:ind w:left="1531" w:hanging="794"/>'
    found = look.read(changed(name, "word/styles.xml", own, b""), name).styles["Clause 3"]
    assert (found.left, found.first) == (76.55, -39.7)


def test_a_font_that_the_file_does_not_carry_is_replaced_by_ours() -> None:
    """A page never depends on what is installed."""
    name = "letters/house.docx"
    found = look.read(changed(name, "word/styles.xml", b'w:ascii="Docgen Sans"', b'w:ascii="Futura"'), name)
    assert {style.font for style in found.styles.values()} == {"Docgen Sans"}


def test_a_missing_style_is_a_problem_that_names_file_and_style() -> None:
    """The owner learns what to add."""
    name = "contracts/house.docx"
    data = changed(name, "word/styles.xml", b'w:val="Clause 2"', b'w:val="Clausula"')
    with pytest.raises(Problems, match=r"contracts/house\.docx: .*'Clause 2' is missing"):
        look.read(data, name)


def test_a_file_that_is_no_word_file_is_a_problem() -> None:
    """Not a traceback, whatever is wrong with it."""
    name = "letters/house.docx"
    broken = [
        b"not a zip",
        changed(name, "word/styles.xml", b"</w:styles>", b""),
        changed(name, "word/document.xml", b"<w:pgMar", b"<w:pgBar"),
        changed(name, "word/styles.xml", b'<w:sz w:val="22"/>', b'<w:sz w:val="large"/>'),
        changed(name, "word/styles.xml", b"<w:styles", b'<!DOCTYPE w [<!ENTITY e SYSTEM "/etc/passwd">]><w:styles'),
    ]
    for data in broken:
        with pytest.raises(Problems, match=r"letters/house\.docx"):
            look.read(data, name)


LOOP = "{{% for line in letterhead %}}{}{{% if loop.{} %}}{}{{% else %}}{}{{% endif %}}{}{{% endfor %}}{}"
TEXTS = st.lists(
    st.sampled_from(["{{ line }}", "{{ title }}", "{{ none }}", "{# #}", "\n", "a } ", "\ufdd0"]), max_size=4
)


@given(
    st.lists(TEXTS.map("".join), min_size=5, max_size=5),
    st.sampled_from(["first", "last", "index"]),
    st.lists(st.sampled_from(["", "Ada", "{{ x }}", "\ufdd1é"]), max_size=3).map(tuple),
)
def test_what_is_filled_without_jinja_is_what_jinja_fills(texts: list[str], which: str, lines: tuple[str, ...]) -> None:
    """What is known is the same, and what is not is left to it."""
    source, values = LOOP.format(texts[0], which, *texts[1:]), {"title": "A \ufdd3 title", "letterhead": lines}
    with suppress(tags.Other):
        found = tags.filled(source, values)
        assert found == template.environment().from_string(source).render(values)


@pytest.mark.parametrize("name", HOUSES)
def test_our_own_houses_are_filled_without_jinja(name: str) -> None:
    """None of their tags is left to it."""
    values = {"letterhead": ("Ada", "Portland"), "footer": "Ada", "page_of": "1 of 2"}
    house = look.read((ROOT / name).read_bytes(), name).stationery
    assert tags.filled(house.first_header.source, values).count("Portland") == 1
    assert tags.filled(house.footer.source, values).endswith("Ada\t1 of 2")
