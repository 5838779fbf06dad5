"""The PDF writer keeps its standards, its places on the page and its text."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from statistics import median

import page as validation
import pikepdf
import pypdf
import pytest
import specimen
from words_pdf import Shown, kids, rules, shown, words

from docgen import look
from docgen.document import Block, Document, Heading, Lines, Run
from docgen.problem import Problems
from docgen.write import pdf

ROOT = Path(__file__).parent.parent
MM = 72 / 25.4
KINDS: dict[str, Callable[[str], Document]] = {
    "letter": specimen.letter,
    "contract": specimen.contract,
    "invoice": lambda language: specimen.invoice(language, 90),
    "call": specimen.call,
}
SPECIMENS = [(kind, language) for kind in KINDS for language in specimen.LANGUAGES]


@cache
def house(kind: str) -> look.Look:
    """Return the look for documents of *kind*."""
    name = "contracts/house.docx" if kind == "contract" else "letters/house.docx"
    return look.read((ROOT / name).read_bytes(), name)


@cache
def written(kind: str, language: str) -> bytes:
    """Return the specimen of *kind* in *language* as a PDF."""
    return pdf.write(KINDS[kind](language), house(kind))


@cache
def items(kind: str, language: str) -> list[Shown]:
    """Return what the specimen of *kind* in *language* shows."""
    return shown(written(kind, language))


def content(found: list[Shown]) -> list[Shown]:
    """Return those of *found* that are read, not furniture of the page."""
    return [item for item in found if item.element]


def on_pages(found: list[Shown]) -> list[list[Shown]]:
    """Return *found* page by page."""
    return [list(group) for _, group in groupby(found, lambda item: item.page)]


def with_blocks_before(document: Document, place: int, count: int) -> Document:
    """Return *document* with *count* lines put in before its block number *place*."""
    extra = (specimen.plain("Línea"),) * count
    return replace(document, blocks=(*document.blocks[:place], *extra, *document.blocks[place:]))


@pytest.mark.parametrize(("kind", "language"), SPECIMENS)
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_specimen_keeps_pdf_a_and_pdf_ua(kind: str, language: str, profile: str) -> None:
    """The validator finds nothing against PDF/A-3a or PDF/UA-1."""
    report = validation.validate_pdf_bytes(written(kind, language), profile=profile)
    assert not [(failure.rule_id, failure.message) for failure in report.failures]
    assert report.is_compliant


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("document", [specimen.hostile(), specimen.deliverables("es-ES", 220)], ids=["strange", "long"])
def test_the_strange_and_the_long_keep_them_too(document: Document, profile: str) -> None:
    """Words wider than the page, names of 200 characters, a list of ten pages."""
    data = pdf.write(document, house("contract"))
    assert not validation.validate_pdf_bytes(data, profile=profile).failures
    edge = house("contract").left + house("contract").measure
    assert max(item.x + item.width for item in shown(data)) < edge + 0.1
    signs = [(sign, text) for sign, text in pairwise(content(shown(data))) if sign.tag == "Lbl"]
    assert all(sign.x + sign.width < text.x for sign, text in signs)
    assert len(on_pages(shown(data))) >= (2 if document.title.startswith("<") else 10)


def test_each_marked_content_is_in_the_tree_where_its_page_looks_for_it() -> None:
    """The parent tree and the children agree: no validator here notices if they do not."""
    with pikepdf.Pdf.open(io.BytesIO(written("contract", "es-ES"))) as file:
        numbers = file.Root.StructTreeRoot.ParentTree.Nums
        for number, sheet in enumerate(file.pages):
            assert int(numbers[2 * number]) == int(sheet.obj.StructParents) == number
            for mcid, element in enumerate(numbers[2 * number + 1]):
                assert (sheet.obj.objgen, mcid) in [
                    (kid.Pg.objgen, int(kid.MCID)) if isinstance(kid, pikepdf.Dictionary) else (element.Pg.objgen, kid)
                    for kid in kids(element)
                    if not isinstance(kid, pikepdf.Dictionary) or pikepdf.Name.MCID in kid
                ]


def test_the_same_document_gives_the_same_bytes_in_any_process() -> None:
    """Neither clock, time zone, hash seed nor environment is in the file."""
    code = (
        "import hashlib, test_pdf, sys\n"
        "for kind, language in test_pdf.SPECIMENS[::4]:\n"
        "    print(hashlib.sha256(test_pdf.written(kind, language)).hexdigest())"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    strange = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": path}
    found = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | strange, capture_output=True, text=True, check=True
    )
    assert found.stdout.split() == [hashlib.sha256(written(*each)).hexdigest() for each in SPECIMENS[::4]]


@pytest.mark.parametrize(
    ("character", "named"),
    [
        ("漢", "U+6F22 (CJK UNIFIED IDEOGRAPH-6F22)"),
        ("\N{PILE OF POO}", "U+1F4A9"),
        ("\a", "U+0007 (control character)"),
    ],
)
def test_a_character_that_cannot_be_printed_is_refused_with_its_name_and_place(character: str, named: str) -> None:
    """No box is ever printed instead."""
    blocks = (specimen.plain(f"El nombre {character} del cliente"),)
    with pytest.raises(Problems) as refused:
        pdf.write(specimen.document("es-ES", "Carta", blocks), house("letter"))
    assert named in str(refused.value)
    assert "El nombre" in str(refused.value)


def test_a_control_character_in_the_properties_is_refused() -> None:
    """It would make the file's XMP unreadable."""
    document = specimen.invoice("es-ES")
    for wrong in (
        replace(document, title="Factura\x00"),
        replace(document, author="\x00"),
        replace(document, subject="\x00"),
    ):
        with pytest.raises(Problems, match=r"U\+0000"):
            pdf.write(wrong, house("letter"))


def test_a_file_says_what_it_is_and_when() -> None:
    """Title, author, subject, language and day are the document's, the rest is ours."""
    reader = pypdf.PdfReader(io.BytesIO(written("letter", "is-IS")))
    document = specimen.letter("is-IS")
    found = reader.metadata
    assert found is not None
    assert (found.title, found.author, found.subject) == (document.title, document.author, document.subject)
    assert (found.creator, found.producer) == ("docgen", "docgen")
    assert found.creation_date is not None
    assert found.creation_date.isoformat() == "2026-11-21T00:00:00+00:00"
    assert str(reader.root_object["/Lang"]) == "is-IS"


@pytest.mark.parametrize(("kind", "language"), SPECIMENS)
def test_all_fonts_are_embedded_subsets(kind: str, language: str) -> None:
    """No font is left to the reader's machine, not even one that is never used."""
    with pikepdf.Pdf.open(io.BytesIO(written(kind, language))) as file:
        fonts = {str(font.BaseFont): font for sheet in file.pages for font in sheet.resources.Font.values()}
        assert len(fonts) > 1
        for name, font in fonts.items():
            assert "+DocgenSans-" in name
            assert pikepdf.Name.FontFile2 in font.FontDescriptor


@pytest.mark.parametrize(("kind", "language"), SPECIMENS)
def test_copied_text_keeps_its_words_apart(kind: str, language: str) -> None:
    """A reader of another make finds the same words at the ends of lines."""
    reader = pypdf.PdfReader(io.BytesIO(written(kind, language)))
    copied = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    text = {"letter": specimen.WORDS[language].paragraphs[1], "contract": specimen.WORDS[language].clause}
    assert text.get(kind, specimen.WORDS[language].lines[0][0]) in copied


def test_text_that_looks_like_markup_is_printed_as_it_is() -> None:
    """Nothing in a document can become more than text."""
    data = pdf.write(specimen.hostile(), house("letter"))
    assert set(" ".join(specimen.NASTY).split()) <= set(words(data))
    assert validation.validate_pdf_bytes(data, profile="ua1").is_compliant


def test_accents_typed_apart_are_printed_in_one() -> None:
    """Some keyboards and file systems write n and a tilde for ñ; soft hyphens are not printed."""
    block = specimen.plain("Nu\u0301n\u0303ez Pen\u0303a, conti\u00adnuidad")
    data = pdf.write(specimen.document("es-ES", "Carta", (block,)), house("letter"))
    assert {"Núñez", "Peña,", "continuidad"} <= set(words(data))


def test_more_characters_than_a_font_of_a_file_can_hold_are_all_there() -> None:
    """A simple font has 256 codes, so a document may need two of a face."""
    letters = [
        chr(code) for code in (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x180), *range(0x391, 0x3A2))
    ]
    block = specimen.plain(" ".join(letters))
    data = pdf.write(specimen.document("es-ES", "Carta", (block,)), house("letter"))
    assert set(letters) <= set(words(data))
    assert validation.validate_pdf_bytes(data, profile="3a").is_compliant


def test_nothing_runs_over_the_right_edge() -> None:
    """The longest words and names stay within the text's width."""
    found = shown(pdf.write(specimen.hostile(), house("letter")))
    edge = house("letter").left + house("letter").measure
    assert max(item.x + item.width for item in found) < edge + 0.1


def test_each_page_says_which_it_is_of_how_many() -> None:
    """Also where an enclosure begins."""
    for kind, language in SPECIMENS:
        pages = on_pages(items(kind, language))
        for number, texts in enumerate(pages, start=1):
            expected = specimen.WORDS[language].page_of.format(page=number, pages=len(pages))
            assert [item.text for item in texts].count(expected) == 1
    assert len(on_pages(items("contract", "en-US"))) >= 7


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_the_address_lies_in_the_window_and_nothing_else_does(language: str) -> None:
    """On the letter and on the invoice that it encloses."""
    paper = specimen.PAPERS[language]
    left, top = paper.window_left * MM, paper.window_top * MM
    right, bottom = left + paper.window_width * MM, top + paper.window_height * MM
    pages = [texts for texts in on_pages(content(items("letter", language))) if len(texts) > 12]
    assert len(pages) == 2
    for texts in pages:
        inside = [item for item in texts if top < item.y < bottom and item.x < right]
        assert [item.text.strip() for item in inside] == list(specimen.WORDS[language].client)
        for item in inside:
            assert left - 0.1 <= item.x < item.x + item.width <= right
            assert top <= item.y - 0.7 * item.size < item.y + 0.25 * item.size <= bottom


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_amounts_end_on_one_edge(language: str) -> None:
    """So do their heads and their totals; the last edge is the text's."""
    found = specimen.WORDS[language]
    cells = [item for item in items("invoice", language) if item.tag in {"TH", "TD", "Artifact"}]
    edge = house("invoice").left + house("invoice").measure
    pages = len(on_pages(items("invoice", language)))
    amounts = {found.heads[3], *(line[3] for line in found.lines), *(amount for _, amount in found.totals)}
    prices = {found.heads[2], *(line[2] for line in found.lines)}
    last = [item.x + item.width for item in cells if item.text in amounts and item.x + item.width > edge - 40]
    assert len(last) == 90 + pages + len(found.totals)
    assert max(abs(each - edge) for each in last) < 0.3
    others = [item.x + item.width for item in cells if item.text in prices and item.x + item.width < edge - 40]
    assert len(others) == 90 + pages
    assert max(others) - min(others) < 0.3


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_a_table_that_goes_on_repeats_its_head_and_reads_it_once(language: str) -> None:
    """The repeated heads are seen but not read aloud."""
    heads = specimen.WORDS[language].heads
    pages = on_pages(items("invoice", language))
    assert len(pages) > 2
    for number, texts in enumerate(pages):
        found = [item for item in texts if item.text in heads]
        assert [item.text for item in found] == list(heads)
        assert {bool(item.element) for item in found} == {number == 0}


def test_totals_are_never_alone() -> None:
    """Whatever the number of lines, a row is above them on their page."""
    language = "en-US"
    totals = [label for label, _ in specimen.WORDS[language].totals]
    breaks = 0
    for lines in range(8, 24):
        pages = on_pages(content(shown(pdf.write(specimen.invoice(language, lines), house("invoice")))))
        (page,) = [texts for texts in pages if totals[0] in [item.text for item in texts]]
        texts = [item.text for item in page]
        assert set(totals) <= set(texts)
        assert texts.index(totals[0]) >= 4  # the cells of a row
        breaks += len(pages) > 1
    assert breaks > 3


@pytest.mark.parametrize("before", range(0, 16, 2))
def test_no_title_is_last_and_no_line_alone_on_a_page(before: int) -> None:
    """Clause titles stay with their text; a paragraph leaves and takes two lines at least."""
    document = with_blocks_before(specimen.contract("es-ES", 8), 2, before)
    pages = on_pages(content(shown(pdf.write(document, house("contract")))))
    assert len(pages) > 2
    for here, there in pairwise(pages):
        assert here[-1].tag not in {"H1", "H2"}
        if here[-1].element == there[0].element:
            assert len({item.y for item in here if item.element == here[-1].element}) >= 2
            assert len({item.y for item in there if item.element == here[-1].element}) >= 2


@pytest.mark.parametrize("before", range(0, 12, 2))
def test_who_signs_has_text_above(before: int) -> None:
    """Closing and signatures come with two lines of what is agreed or asked."""
    language = "is-IS"
    letter = with_blocks_before(specimen.letter(language), 4, before)
    contract = with_blocks_before(specimen.contract(language, 3), 2, before)
    for document, kind, first in (
        (letter, "letter", specimen.WORDS[language].closing[0]),
        (contract, "contract", specimen.WORDS[language].parties[0][0]),
    ):
        found = content(shown(pdf.write(document, house(kind))))
        place = max(number for number, item in enumerate(found) if item.text == first)
        above = [item for item in found[:place] if item.page == found[place].page]
        assert len({item.y for item in above if item.element == found[place - 1].element}) >= 2
        name = specimen.WORDS[language].closing[1] if kind == "letter" else specimen.WORDS[language].parties[1][1]
        assert max(item.page for item in found[place:] if item.text == name) >= found[place].page
        assert [item.page for item in found[place : place + 4]] == [found[place].page] * 4


def test_what_is_enclosed_is_noted_on_the_page_of_the_signature() -> None:
    """A note is not worth a sheet of its own."""
    for before in range(4):
        document = with_blocks_before(specimen.letter("en-US"), 4, before)
        found = content(shown(pdf.write(document, house("letter"))))
        places = {item.text: item.page for item in found}
        assert places[specimen.ENGLISH.note] == places[specimen.ENGLISH.closing[0]]


@pytest.mark.parametrize("kind", ["letter", "contract"])
def test_lines_to_write_on_are_as_wide_as_the_text_and_a_hand_apart(kind: str) -> None:
    """They are drawn like the lines to sign on, and are not read aloud."""
    looks = house(kind)
    found = rules(pdf.write(specimen.call("es-ES", 40), looks))
    assert len(found) == 3 + 4 + 40
    assert {rule.page for rule in found} == {0, 1}
    signing = rules(pdf.write(specimen.contract("es-ES", 1), looks))[-1]
    for rule in found:
        assert (rule.tag, rule.width, rule.color) == ("Artifact", signing.width, signing.color)
        assert (rule.x, rule.length) == pytest.approx((looks.left, looks.measure), abs=0.01)
    gaps = [after.y - before.y for before, after in pairwise(found[7:]) if before.page == after.page]
    assert len(gaps) == 38
    assert gaps == pytest.approx([8 * MM] * 38, abs=0.1)


@pytest.mark.parametrize("above", [Heading("Notas"), specimen.plain("Notas")])
def test_the_first_line_to_write_on_stays_with_what_is_above(above: Block) -> None:
    """The others may go on over the page."""
    places = set()
    for before in range(18, 36):
        blocks: tuple[Block, ...] = (*(specimen.plain("Línea"),) * before, above, Lines(8))
        data = pdf.write(specimen.document("es-ES", "Carta", blocks), house("letter"))
        (words_above,) = [item for item in shown(data) if item.text == "Notas"]
        first, *others = rules(data)
        assert first.page == words_above.page
        assert 8 * MM < first.y - words_above.y < 12 * MM
        places.add((first.page, others[-1].page))
    assert places == {(0, 0), (0, 1), (1, 1)}


def test_headings_begin_at_the_first_level() -> None:
    """Clauses are below the title where there is one, and the first level where there is none."""
    untitled = replace(specimen.contract("en-US", 2), blocks=specimen.contract("en-US", 2).blocks[1:])
    for document, expected in ((specimen.contract("en-US", 2), ["H1", "H2", "H2"]), (untitled, ["H1", "H1", "H1"])):
        found = content(shown(pdf.write(document, house("contract"))))
        headings = [key for key, _ in groupby(found, lambda item: (item.tag, item.element)) if key[0][0] == "H"]
        assert [tag for tag, _ in headings][:3] == expected


@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_the_text_of_clauses_has_one_edge_and_numbers_hang(language: str) -> None:
    """Each line of a clause begins where the lines above it do."""
    look_of_contracts = house("contract")
    edge = look_of_contracts.left + 13 * MM
    lines = [item for item in items("contract", language) if item.tag in {"LBody", "Lbl"}]
    starts = {line[0] for line in _lines(lines)}
    assert {round(start - edge) for start in starts if start > look_of_contracts.left + 1} <= {0, round(14 * MM), 14}
    assert min(starts) == pytest.approx(look_of_contracts.left, abs=0.1)


def _lines(found: list[Shown]) -> list[tuple[float, str]]:
    """Return where each line of *found* begins, and its text."""
    grouped = groupby(found, lambda item: (item.page, item.element, item.y))
    return [(line[0].x, "".join(item.text for item in line)) for line in (list(group) for _, group in grouped)]


@pytest.mark.parametrize("kind", ["letter", "contract"])
@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_a_line_of_running_text_has_45_to_90_characters(kind: str, language: str) -> None:
    """Full lines, those that another follows, are easy to read."""
    found = [item for item in items(kind, language) if item.tag in {"P", "LBody"} and item.size > 9]
    full = [text for _, text in _lines(found) if text.endswith(" ")]
    assert len(full) > 5
    assert median(map(len, full)) >= 45
    assert max(map(len, full)) <= 90


def test_words_bound_by_a_no_break_space_stay_on_one_line() -> None:
    """A number is never parted from its unit, wherever the line ends."""
    bound = "10\N{NO-BREAK SPACE}%\N{NARROW NO-BREAK SPACE}€"
    starts = set()
    for length in range(50, 80):
        text = f"primero {'n' * length} {bound} y"
        found = shown(pdf.write(specimen.document("es-ES", "Carta", (specimen.plain(text),)), house("letter")))
        (item,) = [item for item in found if bound.replace("\N{NO-BREAK SPACE}", " ") in item.text]
        starts.add(item.text.startswith("10"))
    assert starts == {True, False}


def test_a_face_within_a_paragraph_changes_the_font_and_not_the_words() -> None:
    """Bold and italic come from their own fonts, side by side without a gap."""
    inlines = (Run("uno"), Run("dos", bold=True), Run("tres", italic=True))
    block = replace(specimen.plain(""), inlines=inlines)
    data = pdf.write(specimen.document("es-ES", "Carta", (block,)), house("letter"))
    one, two, three = [item for item in shown(data) if item.text in {"uno", "dos", "tres"}]
    assert [item.font.split("-")[1] for item in (one, two, three)] == ["Regular", "Bold", "Italic"]
    assert one.x + one.width == pytest.approx(two.x, abs=0.01)
    assert two.x + two.width == pytest.approx(three.x, abs=0.01)
    assert "unodostres" in words(data)
