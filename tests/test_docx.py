"""The DOCX writer makes sound Word files that say what the document says, natively, where it belongs."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import openxml_audit
import pytest
import specimen
from lxml import etree
from words_docx import NS, W, words

from docgen import look
from docgen.document import Break, Document, Facts, Pairs, Run, Signatures, Table
from docgen.problem import Problems
from docgen.write import docx, pdf

ROOT = Path(__file__).parent.parent
MM = 72 / 25.4
HOUSES = {
    "contract": "contracts/house.docx",
    "letter": "letters/house.docx",
    "invoice": "letters/house.docx",
    "call": "letters/house.docx",
}


def letter(language: str) -> Document:
    """Return a letter that encloses two invoices."""
    document = specimen.letter(language)
    return replace(document, blocks=(*document.blocks, Break(), *specimen.invoice_blocks(language, 2)))


KINDS: dict[str, Callable[[str], Document]] = {
    "letter": letter,
    "contract": specimen.contract,
    "invoice": lambda language: specimen.invoice(language, 90),
    "call": specimen.call,
}
SPECIMENS = [(kind, language) for kind in KINDS for language in specimen.LANGUAGES]


@cache
def house(kind: str) -> look.Look:
    """Return the look for documents of *kind*."""
    return look.read((ROOT / HOUSES[kind]).read_bytes(), HOUSES[kind])


@cache
def written(kind: str, language: str) -> bytes:
    """Return the specimen of *kind* in *language* as a Word file."""
    return docx.write(KINDS[kind](language), house(kind))


@cache
def validator() -> openxml_audit.OpenXmlValidator:
    """Return a validator; it is slow to make."""
    return openxml_audit.OpenXmlValidator()


def findings(data: bytes, folder: Path) -> list[str]:
    """Return what Word would find wrong with the file *data*."""
    path = folder / "made.docx"
    path.write_bytes(data)
    return [str(error) for error in validator().validate(path).errors]


def part(data: bytes, name: str) -> etree._Element:
    """Return the part *name* of the Word file *data*."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def body(data: bytes) -> etree._Element:
    """Return the body of the Word file *data*."""
    found = part(data, "word/document.xml").find("w:body", NS)
    assert found is not None
    return found


def attributes(root: etree._Element, path: str, name: str = "val") -> list[str]:
    """Return Word's attribute *name* of each element at *path* below *root*."""
    return [element.get(f"{{{W}}}{name}", "") for element in root.iterfind(path, NS)]


def text(element: etree._Element) -> str:
    """Return the text below *element*, codes of fields left out."""
    return "".join(found.text or "" for found in element.iterfind(".//w:t", NS))


@pytest.mark.parametrize(("kind", "language"), SPECIMENS)
def test_word_has_nothing_to_repair(kind: str, language: str, tmp_path: Path) -> None:
    """Every document is valid."""
    assert findings(written(kind, language), tmp_path) == []


def test_the_same_document_gives_the_same_bytes_whenever_and_wherever() -> None:
    """Neither the clock, the time zone, the seed of hashes nor a build's epoch is in the file."""
    code = (
        "import hashlib, sys, specimen; from docgen import look; from docgen.write import docx;"
        "house = look.read(open('contracts/house.docx', 'rb').read(), 'house.docx');"
        "print(hashlib.sha256(docx.write(specimen.contract('is-IS', 2), house)).hexdigest())"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    other = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "SOURCE_DATE_EPOCH": "1", "PYTHONPATH": path}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, **other}, check=True, capture_output=True, text=True
    )
    here = docx.write(specimen.contract("is-IS", 2), house("contract"))
    assert run.stdout.strip() == hashlib.sha256(here).hexdigest()


def test_a_file_owes_nothing_to_those_before_it() -> None:
    """A document gives the same bytes before and after others, and when all that is kept is forgotten."""
    note = specimen.document("en-US", "Note", (specimen.plain("A word."), specimen.plain("A word.")))
    documents = [specimen.letter("es-ES"), specimen.contract("is-IS", 3), specimen.call("en-US"), note]
    made = [docx.write(document, house("letter")) for document in documents]
    assert [docx.write(document, house("letter")) for document in reversed(documents)] == made[::-1]
    for module in (docx.plate, docx.heads, docx.grid, docx.archive, docx.file, docx.filled, docx.runs, docx.tags):
        for name in dir(module):
            getattr(getattr(module, name), "cache_clear", lambda: None)()
    assert [docx.write(document, house("letter")) for document in documents] == made


def test_a_file_is_a_sound_archive() -> None:
    """Its checksums are right, and what it is stands first, in an entry that other programs look at."""
    with zipfile.ZipFile(io.BytesIO(written("letter", "es-ES"))) as archive:
        assert archive.testzip() is None
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert len(set(archive.namelist())) == len(archive.namelist())
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_hostile_text_arrives_as_it_is(tmp_path: Path) -> None:
    """Nothing in a text is markup to docxtpl, Jinja or Word."""
    document = specimen.hostile()
    tricks = "{_{ x }_} {_% raw %_} {{r x }} {%p if x %} {# no #} &#65; a_b \N{NO-BREAK SPACE}x  y"
    tricks += "<?b?><?r?><?l?><?g?><?e?><?k?><?n?> docgen-title docgen-sender"
    document = replace(document, blocks=(*document.blocks, specimen.plain(tricks)))
    data = docx.write(document, house("letter"))
    assert findings(data, tmp_path) == []
    shown = [text(part(data, f"word/{name}.xml")) for name in ("document", "header1", "footer1", "footer2")]
    strings = (*specimen.NASTY, specimen.LONG_WORD, specimen.LONG_NAME, tricks, document.title)
    assert [string for string in strings if string not in shown[0]] == []
    assert shown[1] == "".join(document.letterhead)
    assert shown[2] == shown[3] == f"{document.footer}1/1 {{x}} {{{{ y }}}}"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x0b", "\x85", "\ufffe", "\ud800"])
def test_a_character_word_cannot_hold_is_refused_by_its_number(character: str) -> None:
    """The text is not cut there and not changed."""
    document = specimen.document("es-ES", "Carta", (specimen.plain(f"antes{character}después"),))
    with pytest.raises(Problems, match=f"U\\+{ord(character):04X}.*antes.*después"):
        docx.write(document, house("letter"))


def test_word_numbers_the_clauses_itself() -> None:
    """The numbers are in no text, and Word comes to the same as the document."""
    data = written("contract", "en-US")
    numbers = [block.number for block in specimen.contract("en-US").blocks if hasattr(block, "number")]
    clauses = [
        text(paragraph)
        for paragraph in body(data).iterfind("w:p", NS)
        if attributes(paragraph, "w:pPr/w:pStyle")[:1] in (["Clause1"], ["Clause2"], ["Clause3"])
    ]
    assert len(clauses) == len(numbers)
    assert not [clause for clause in clauses if re.match(r"[\d(]", clause)]
    found = iter(words(data))
    assert [number for number in numbers if number not in found] == []


def test_references_follow_the_clause_they_name() -> None:
    """A reference is a field to a bookmark in that clause, and shows its number meanwhile."""
    content = body(written("contract", "en-US"))
    places = {
        name: number
        for number, paragraph in enumerate(content.iterfind("w:p", NS))
        for name in attributes(paragraph, "w:bookmarkStart", "name")
    }
    codes = attributes(content, ".//w:fldSimple", "instr")
    targets = {code.split()[1] for code in codes if code.split()[0] == "REF"}
    (target,) = targets
    referred = content.findall("w:p", NS)[places[target]]
    assert text(referred) == specimen.WORDS["en-US"].clause
    assert len(codes) == 24


def test_a_table_says_which_row_is_its_head_and_keeps_its_rows_whole() -> None:
    """Screen readers and page breaks know the head; the total is not parted from the last row."""
    (table,) = [
        t for t in body(written("invoice", "es-ES")).iterfind("w:tbl", NS) if t.find(".//w:tblHeader", NS) is not None
    ]
    rows = table.findall("w:tr", NS)
    assert [row.find("w:trPr/w:tblHeader", NS) is not None for row in rows] == [True] + [False] * (len(rows) - 1)
    assert all(row.find("w:trPr/w:cantSplit", NS) is not None for row in rows)
    kept = [all(p.find("w:pPr/w:keepNext", NS) is not None for p in row.iterfind(".//w:p", NS)) for row in rows]
    totals = len(specimen.SPANISH.totals)
    assert kept == [False] * (len(rows) - totals - 1) + [True] * totals + [False]
    assert attributes(table, "w:tblPr/w:tblCaption") == [specimen.SPANISH.invoice]


def test_facts_of_two_sizes_stand_on_one_baseline() -> None:
    """The smaller values are lowered by what their lines are shorter above the baseline."""
    values = body(written("invoice", "en-US")).findall("w:tbl", NS)[1].findall(".//w:tc/w:p[2]", NS)
    assert [attributes(value, "w:pPr/w:spacing", "before") for value in values] == [["64"], ["64"], []]


@pytest.mark.parametrize(("kind", "language"), SPECIMENS)
def test_no_empty_paragraph_is_left_where_word_needs_none(kind: str, language: str) -> None:
    """Only tables have one beside them, sections after a table end with one, and all are a point high.

    Those to write on by hand are wanted.
    """
    for paragraph in body(written(kind, language)).iterfind("w:p", NS):
        if not text(paragraph) and attributes(paragraph, "w:pPr/w:pStyle") != ["WritingLine"]:
            beside = (paragraph.getprevious(), paragraph.getnext())
            by_table = any(each is not None and each.tag == f"{{{W}}}tbl" for each in beside)
            assert by_table or paragraph.find("w:pPr/w:sectPr", NS) is not None
            assert attributes(paragraph, "w:pPr/w:spacing", "line") == ["20"]


@pytest.mark.parametrize("kind", ["letter", "contract"])
def test_lines_to_write_on_are_empty_paragraphs_of_their_style(kind: str, tmp_path: Path) -> None:
    """Word draws the rules, between them too, and leaves what introduces them on the page of the first."""
    data = docx.write(specimen.call("is-IS", 5), house(kind))
    assert findings(data, tmp_path) == []
    paragraphs = body(data).findall("w:p", NS)
    written_on = [attributes(each, "w:pPr/w:pStyle") == ["WritingLine"] for each in paragraphs]
    assert sum(written_on) == 3 + 4 + 5
    assert "".join(text(each) for each, line in zip(paragraphs, written_on, strict=True) if line) == ""
    above = [paragraphs[place] for place, two in enumerate(pairwise(written_on)) if two == (False, True)]
    assert [each.find("w:pPr/w:keepNext", NS) is not None for each in above] == [True] * 3
    borders = part(data, "word/styles.xml").find("w:style[@w:styleId='WritingLine']/w:pPr/w:pBdr", NS)
    assert borders is not None
    assert [etree.QName(border).localname for border in borders] == ["bottom", "between"]
    assert attributes(borders, "*", "sz") == ["4", "4"]


def test_the_file_says_what_it_is_and_when_it_is_dated() -> None:
    """Properties and language are the document's own."""
    data = written("letter", "is-IS")
    core = {str(element.tag).split("}")[1]: element.text for element in part(data, "docProps/core.xml")}
    document = letter("is-IS")
    assert (core["title"], core["creator"], core["subject"]) == (document.title, document.author, document.subject)
    assert core["created"] == core["modified"] == "2026-11-21T00:00:00Z"
    assert (core["revision"], core["lastModifiedBy"]) == ("1", document.author)
    assert attributes(part(data, "word/styles.xml"), ".//w:docDefaults//w:lang") == ["is-IS"]
    assert attributes(part(data, "word/settings.xml"), "w:themeFontLang") == ["is-IS"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"python-docx" in archive.read(name)]


def test_an_enclosed_invoice_begins_a_section_with_the_same_letterhead() -> None:
    """The letterhead comes again, page numbers run on, and the text is as wide on any paper."""
    content = body(written("letter", "en-US"))
    sections = list(content.iterfind(".//w:sectPr", NS))
    assert len(sections) == 3
    assert len({etree.tostring(section) for section in sections}) == 1
    assert sections[0].find("w:pgNumType", NS) is None
    width, left, right = (int(attributes(sections[0], path, name)[0]) for path, name in
                          (("w:pgSz", "w"), ("w:pgMar", "left"), ("w:pgMar", "right")))  # fmt: skip
    assert width == round(215.9 * MM * 20)
    assert abs(width - left - right - house("letter").measure * 20) <= 1


def test_blocks_in_any_order_make_a_valid_file(tmp_path: Path) -> None:
    """Tables may follow each other, begin a document, end it, or stand on both sides of a break."""
    english = specimen.invoice_blocks("en-US", 2)
    address, _, facts, table, pairs = english
    signatures = specimen.contract("en-US", 1).blocks[-1]
    assert isinstance(signatures, Signatures)
    assert isinstance(table, Table)
    three = replace(signatures, signatories=(*signatures.signatories, signatures.signatories[0]))
    one = replace(signatures, signatories=signatures.signatories[:1])
    bare = replace(table, totals=(), caption="")
    blocks = (facts, table, pairs, Break(), bare, Break(), address, three, Facts(()), Pairs(()), one, address, bare)
    data = docx.write(specimen.document("en-US", "Any order", blocks), house("contract"))
    assert findings(data, tmp_path) == []
    assert words(data).count("Acme") == 3
    assert len(body(data).findall(".//w:sectPr", NS)) == 3


def changed(kind: str, before: bytes, after: bytes) -> look.Look:
    """Return the house for documents of *kind* with *after* in the place of *before*."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(house(kind).template)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(before, after))
    return replace(house(kind), template=file.getvalue())


def test_a_house_that_cannot_be_filled_is_the_owners_to_mend() -> None:
    """A name that is not there, and code that reaches for Python, are problems with a cure."""
    for wrong in (b"{{r block.txt }}", b"{{r block.__class__.__mro__ }}"):
        with pytest.raises(Problems, match="restore the original file"):
            docx.write(specimen.letter("en-US"), changed("letter", b"{{r block.text }}", wrong))


def test_a_house_may_show_of_a_block_what_is_not_its_own() -> None:
    """Where that depends on others, or on the document, nothing is kept of it, and the text is the same."""
    name = "word/document.xml"
    loop, first = b"for block in blocks", b"block.kind == 'Title'"
    for before, after in ((loop, loop + b" if title"), (loop, loop + b"|list"), (first, b"loop.first")):
        data = docx.write(specimen.contract("en-US"), changed("contract", before, after))
        assert etree.tostring(part(data, name)) == etree.tostring(part(written("contract", "en-US"), name))


def test_bold_and_italic_are_faces_of_the_runs() -> None:
    """A face is no style of its own, and bold wins where both are asked for."""
    runs = (Run("a", bold=True), Run("b", italic=True), Run("c", bold=True, italic=True), Run("d\ne"))
    document = specimen.document("en-US", "Faces", (replace(specimen.plain(""), inlines=runs),))
    made = body(docx.write(document, house("letter"))).findall("w:p/w:r", NS)
    faces = [[etree.QName(face).localname for face in run.iterfind("w:rPr/*", NS)] for run in made]
    assert faces == [["b"], ["i"], ["b"], []]
    assert [etree.QName(sign).localname for sign in made[-1]] == ["t", "br", "t"]


@dataclass(frozen=True)
class Placed:
    """A word on a page; its edges in points from the left and upper edges of the paper."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


Pages = Callable[[str, str], list[list[Placed]]]


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """Return what reads the pages that LibreOffice makes of a specimen."""
    folder = tmp_path_factory.mktemp("pages")
    for kind, language in SPECIMENS:
        (folder / f"{kind}-{language}.docx").write_bytes(written(kind, language))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, *map(str, sorted(folder.glob("*.docx")))], check=True, capture_output=True)
    return lambda kind, language: placed(folder / f"{kind}-{language}.pdf")


def placed(path: Path) -> list[list[Placed]]:
    """Return the words on each page of the PDF at *path*."""
    made = subprocess.run(["pdftotext", "-bbox", path, "-"], check=True, capture_output=True)
    edges = ("xMin", "yMin", "xMax", "yMax")
    return [
        [Placed(word.text or "", *(float(word.get(edge, "")) for edge in edges)) for word in page]
        for page in etree.fromstring(made.stdout).iter("{*}page")
    ]


@pytest.mark.debian
@pytest.mark.parametrize("language", specimen.LANGUAGES)
def test_the_address_stands_in_the_window(language: str, pages: Pages) -> None:
    """All of it and nothing else is in the window, on a letter and on each enclosed invoice."""
    paper = specimen.PAPERS[language]
    left, top = paper.window_left * MM, paper.window_top * MM
    right, bottom = left + paper.window_width * MM, top + paper.window_height * MM
    slack = 3  # the box of a word is higher than the line it stands in
    head = specimen.WORDS[language].letterhead[0].split()
    first = [page for page in pages("letter", language) if [word.text for word in page[: len(head)]] == head]
    assert len(first) == 3
    for page in (*first, pages("invoice", language)[0]):
        below = [word for word in page if word.top > top - slack and word.left < right]
        window = [word for word in below if word.bottom < bottom + slack]
        assert [word.text for word in window] == " ".join(specimen.WORDS[language].client).split()
        assert window[0].top < top + slack
        assert abs(window[0].left - max(left, house("letter").left)) < 0.5


@pytest.mark.debian
@pytest.mark.parametrize(("kind", "language"), SPECIMENS)
def test_word_file_and_pdf_are_twins(kind: str, language: str, pages: Pages, tmp_path: Path) -> None:
    """Each page has the same text, and each word stands at the same height but for the baseline in its line."""
    path = tmp_path / "twin.pdf"
    path.write_bytes(pdf.write(KINDS[kind](language), house(kind)))
    ours, twins = pages(kind, language), placed(path)
    assert [letters(page) for page in ours] == [letters(page) for page in twins]
    for page, twin in zip(ours, twins, strict=True):
        here, there = heights(page), heights(twin)
        assert [word for word in here.keys() & there.keys() if abs(here[word] - there[word]) > 4] == []


def letters(page: list[Placed]) -> Counter[str]:
    """Return how often each character stands on *page*, without the lines to write on."""
    return Counter(character for word in page for character in word.text if character != "_")


def heights(page: list[Placed]) -> dict[str, float]:
    """Return how far down *page* each word is that is there but once."""
    counts = Counter(word.text for word in page)
    return {word.text: (word.top + word.bottom) / 2 for word in page if counts[word.text] == 1}
