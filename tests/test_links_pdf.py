"""A PDF leads to its clauses and pages: links where a clause is named, and an outline."""

from __future__ import annotations

import io
import re

import pikepdf
import pypdf
import pytest
import specimen
from test_pdf import house, items, written
from words_pdf import Shown, kids, words

from docgen.document import Paragraph, Ref, Run
from docgen.write import pdf


def outline(data: bytes) -> list[tuple[str, int, float]]:
    """Return the lines of the outline of the PDF *data*, with the page and the height that each leads to."""
    reader = pypdf.PdfReader(io.BytesIO(data))
    height = float(reader.pages[0].mediabox.height)
    found = []
    for entry in reader.outline:
        assert isinstance(entry, pypdf.generic.Destination)
        page = reader.get_destination_page_number(entry)
        assert page is not None
        assert entry.top is not None
        found.append((str(entry.title), page, height - float(entry.top)))
    return found


def place(found: list[Shown], text: str) -> Shown:
    """Return the headline that begins with *text*."""
    return next(item for item in found if item.text.strip() == text and item.tag in {"H1", "H2"})


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_the_outline_of_a_contract_has_each_clause(language: str) -> None:
    """And the headings without numbers; each line leads to the upper edge of its headline."""
    said = specimen.WORDS[language]
    lines = outline(written("contract", language))
    assert [title for title, _, _ in lines] == [f"{n}. {said.heads[0]} {n}" for n in range(1, 25)] + [said.annex]
    for title, page, top in lines:
        headline = place(items("contract", language), re.sub(r"^\d+\. ", "", title))
        assert page == headline.page
        assert 0 < headline.y - top < 1.5 * headline.size


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_the_outline_of_a_letter_has_the_letter_and_what_it_encloses(language: str) -> None:
    """A paper of one page has one line."""
    said = specimen.WORDS[language]
    (copy,) = {item.page for item in items("letter", language) if item.text == said.copy}
    assert [line[:2] for line in outline(written("letter", language))] == [(said.subject, 0), (said.invoice, copy)]
    assert [line[:2] for line in outline(written("invoice", language))] == [(said.invoice, 0)]
    assert [line[:2] for line in outline(written("call", language))] == [(said.subject, 0)]


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_a_reference_leads_to_its_clause(language: str) -> None:
    """The link lies over the number, goes to the line that begins with it, and says where it goes."""
    found = items("contract", language)
    (goal,) = [item for item in found if item.text == "1.1" and item.tag == "Lbl"]
    numbers = [item for item in found if item.tag == "Link"]
    assert [item.text for item in numbers] == ["1.1"] * 24
    with pikepdf.Pdf.open(io.BytesIO(written("contract", language))) as file:
        height = float(file.pages[0].mediabox[3])
        links = [
            (number, link)
            for number, sheet in enumerate(file.pages)
            for link in sheet.get("/Annots", [])
            if link.Subtype == "/Link"
        ]
        for item, (page, link) in zip(numbers, links, strict=True):
            left, bottom, right, top = map(float, link.Rect)
            assert page == item.page
            assert (left, right) == pytest.approx((item.x, item.x + item.width), abs=0.02)
            assert height - top < item.y - 0.5 * item.size < item.y < height - bottom
            assert link.Dest[0].objgen == file.pages[goal.page].obj.objgen
            assert 0 < goal.y - (height - float(link.Dest[3])) < 1.5 * goal.size
            assert str(link.Contents) == f"1.1 {specimen.WORDS[language].heads[0]} 1"


def test_a_reference_to_a_clause_that_was_left_out_is_text() -> None:
    """It leads nowhere."""
    block = Paragraph((Run("see "), Ref("gone", "7"), Run(".")))
    data = pdf.write(specimen.document("en-US", "Letter", (block,)), house("letter"))
    assert words(data)[-2:] == ["see", "7."]
    with pikepdf.Pdf.open(io.BytesIO(data)) as file:
        assert "/Annots" not in file.pages[0]


@pytest.mark.parametrize("tag", ["/Link", "/Form"])
def test_what_is_active_is_in_the_tree_where_it_is_looked_for(tag: str) -> None:
    """The parent tree and the children agree: no validator here notices if they do not."""
    with pikepdf.Pdf.open(io.BytesIO(written("contract", "es-ES"))) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        keys = [int(number) for number in numbers[::2]]
        assert keys == sorted(set(keys))
        assert int(file.Root.StructTreeRoot.ParentTreeNextKey) == keys[-1] + 1
        count = 0
        for sheet in file.pages:
            for annotation in sheet.get("/Annots", []):
                element = numbers[2 * keys.index(int(annotation.StructParent)) + 1]
                objects = [kid for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/Obj" in kid]
                assert [kid.Obj.objgen for kid in objects] == [annotation.objgen]
                assert objects[0].Pg.objgen == annotation.P.objgen == sheet.obj.objgen
                assert sheet.Tabs == "/S"
                count += tag == str(element.S)
        assert count == (24 if tag == "/Link" else 2)
