"""What is made is read back: a writer that loses, doubles, changes or moves a word makes no file."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import owner
import papers
import pikepdf  # noqa: TID251 - faults are injected into finished files
import pytest
from click.testing import CliRunner
from docx.document import Document as Word  # noqa: TID251
from lxml import etree
from test_own import LETTER, NAME, template

from docgen import look
from docgen.cli import main
from docgen.document import Code, Document, Fact, Facts, Pairs, Signatory, Signatures, Table
from docgen.press import checker, formats, writer
from docgen.problem import Problems
from docgen.proof import Strange, docx, markup, pdf
from docgen.write.docx import own
from docgen.write.pdf import layout

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Change = Callable[[etree._Element], object]  # noqa: SLF001 - lxml gives its type no other name
LONG = "Long " * 3000
SOUND = {"pdf": pdf.is_sound, "docx": docx.is_sound}
STREAM = re.compile(rb"(\d+) 0 obj\n<</Length (\d+)([^\n]*)>>\nstream\n")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder for the records."""
    return tmp_path_factory.mktemp("proof")


@cache
def house(name: str) -> look.Look:
    """Return how the house in the folder *name* looks."""
    return look.read((papers.HOME / name / "house.docx").read_bytes(), name)


@cache
def made(form: str, folder: Path, kind: str = "contract") -> tuple[bytes, Document, look.Look]:
    """Return a document of the example in the format *form*, with what it was made of."""
    name, document = papers.every("en", folder)[kind]
    return writer(form)(document, house(name)), document, house(name)


def refused(form: str, data: bytes, document: Document, looks: look.Look) -> str:
    """Return what is said of *data*, which is not what the document is in the format *form*, to neither reader."""
    assert form not in SOUND or not SOUND[form](data, document, looks)
    with pytest.raises(Problems) as raised:
        checker(form)(data, document, looks)
    return str(raised.value)


def edited(data: bytes, part: str, change: Change) -> bytes:
    """Return the Word file *data* after *change* in the XML of its *part*."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        root = etree.fromstring(archive.read(part))
    before = etree.tostring(root)
    change(root)
    assert etree.tostring(root) != before
    return replaced(data, part, etree.tostring(root))


def replaced(data: bytes, part: str, content: bytes) -> bytes:
    """Return the Word file *data* with *content* as its *part*."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(file, "w") as target:
        for name in source.namelist():
            target.writestr(name, content if name == part else source.read(name))
    return file.getvalue()


def dropped(tag: str, number: int = 3) -> Change:
    """Return the change that takes the element *number* of those called *tag* away."""

    def change(root: etree._Element) -> None:
        element = [
            each for each in root.iter(f"{W}{tag}") if etree.tostring(each, method="text", encoding="unicode").strip()
        ][number]
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)

    return change


def paragraphs(root: etree._Element) -> list[etree._Element]:
    """Return the paragraphs below *root* that say something."""
    return [each for each in root.iter(f"{W}p") if etree.tostring(each, method="text", encoding="unicode").strip()]


def doubled(root: etree._Element) -> None:
    """Say a paragraph twice."""
    one = paragraphs(root)[9]
    one.addnext(etree.fromstring(etree.tostring(one)))


def swapped(root: etree._Element) -> None:
    """Say a paragraph after the one that follows it."""
    first, second = paragraphs(root)[9:11]
    second.addnext(first)


def hidden(root: etree._Element) -> None:
    """Hide a run."""
    run = paragraphs(root)[9].find(f".//{W}r[{W}t]")
    assert run is not None
    run.insert(0, etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:vanish/></w:rPr>'))


def every(tag: str) -> Change:
    """Return the change that takes all elements called *tag* away."""

    def change(root: etree._Element) -> None:
        etree.strip_elements(root, f"{W}{tag}", with_tail=False)

    return change


BODY = "word/document.xml"


@pytest.mark.parametrize(("part", "change", "said"), [
    (BODY, dropped("p", 9), "stands"),
    (BODY, dropped("r", 30), "stands"),
    (BODY, dropped("r", -1), "stands its end where"),
    (BODY, dropped("tr", 1), "stands"),
    (BODY, doubled, "stands"),
    (BODY, swapped, "stands"),
    (BODY, hidden, "stands"),
    (BODY, every("bookmarkStart"), "leads nowhere"),
    ("word/styles.xml", every("numPr"), "0 of its paragraphs are numbered"),
    ("word/numbering.xml", every("num"), "0 of its paragraphs are numbered"),
    ("word/header1.xml", dropped("p", 0), "is not at the edge of its pages"),
    ("word/footer1.xml", dropped("r", 0), "is not at the edge of its pages"),
    ("word/footer2.xml", dropped("r", 0), "is not at the edge of its pages"),
])  # fmt: skip
def test_a_word_file_that_lost_something_is_refused(part: str, change: Change, said: str, folder: Path) -> None:
    """Paragraphs, runs, rows, the last word, numbers, references, the letterhead and the foot."""
    data, document, looks = made("docx", folder)
    assert said in refused("docx", edited(data, part, change), document, looks)


def test_a_word_file_that_is_cut_is_refused(folder: Path) -> None:
    """Word and LibreOffice would open what is left of it, and say nothing."""
    data, document, looks = made("docx", folder)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        text = archive.read(BODY)
    assert "it is not whole" in refused("docx", replaced(data, BODY, text[: len(text) // 2]), document, looks)
    assert "it is not whole" in refused("docx", data[: len(data) // 2], document, looks)


def streams(change: Callable[[bytes], bytes], page: int = 0) -> Callable[[pikepdf.Pdf], None]:
    """Return the change of a PDF that changes the operators of a *page*."""

    def edit(pdf: pikepdf.Pdf) -> None:
        operators = pdf.pages[page].Contents.read_bytes()
        after = change(operators)
        assert after != operators
        pdf.pages[page].Contents.write(after)

    return edit


def maps(change: Callable[[bytes], bytes]) -> Callable[[pikepdf.Pdf], None]:
    """Return the change of a PDF that changes what the codes of its fonts stand for."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].resources.Font.values():
            font.ToUnicode.write(change(font.ToUnicode.read_bytes()))

    return edit


def without(part: bytes, start: int = 0) -> Callable[[bytes], bytes]:
    """Return the change that takes away the content between the *part* number *start* and the next."""

    def change(operators: bytes) -> bytes:
        parts = operators.split(part)
        return part.join([*parts[: start + 4], *parts[start + 5 :]])

    return change


def turned(operators: bytes) -> bytes:
    """Return *operators* with two of their contents in each other's place."""
    parts = operators.split(b"BDC\n")
    first, second = (parts[place].split(b"EMC")[0] for place in (8, 10))
    parts[8], parts[10] = parts[8].replace(first, second), parts[10].replace(second, first)
    return b"BDC\n".join(parts)


def no_foot(operators: bytes) -> bytes:
    """Return *operators* without what stands at the foot of the page."""
    return operators[: operators.rindex(b"/Artifact")]


def written(data: bytes, streams: dict[int, bytes]) -> bytes:
    """Return the PDF *data* with the contents of *streams*, by their numbers, written as docgen does."""
    parts, places, size, at = [], {}, 0, 0
    for head in STREAM.finditer(data):
        number, end = int(head[1]), head.end() + int(head[2])
        before, content = data[at : head.start()], data[head.end() : end]
        places[number] = size + len(before)
        if b"/Type/XRef" in head[3]:
            rows = [list(row) for row in struct.iter_unpack(">BIB", zlib.decompress(content))]
            for each, place in places.items():
                rows[each][1] = place
            content = zlib.compress(b"".join(struct.pack(">BIB", *row) for row in rows))
        elif number in streams and b"/Filter/FlateDecode" in head[3]:
            content = zlib.compress(streams[number])
        parts.append(b"%s%d 0 obj\n<</Length %d%s>>\nstream\n%s" % (before, number, len(content), head[3], content))
        size, at = size + len(parts[-1]), end
    return b"".join(parts) + b"\r\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % places[number]


def test_what_is_damaged_is_not_sound_to_a_direct_reader(folder: Path) -> None:
    """Bytes of a page, of the table and of a part; the same written anew is sound."""
    data, document, looks = made("pdf", folder)
    assert pdf.is_sound(written(data, {}), document, looks)
    packed = [head.end() + 20 for head in STREAM.finditer(data) if b"/Type/ObjStm" in head[3] or b"/XRef" in head[3]]
    for place in (*packed, len(data) - 60, len(data) - 12):
        assert not pdf.is_sound(data[:place] + b"?" + data[place + 1 :], document, looks)
    data, document, looks = made("docx", folder)
    for place in (data.index(BODY.encode()) + 500, len(data) - 12, data.rindex(BODY.encode())):
        assert not docx.is_sound(data[:place] + b"?" + data[place + 1 :], document, looks)


@pytest.mark.parametrize("strange", [
    b"<w:p><w:r><w:t>20</w:r></w:t></w:p>",
    b"<w:p><w:r><w:t>a]]>b</w:t></w:r></w:p>",
    b"<w:p><w:r><w:t>&nothing;</w:t></w:r></w:p>",
    b"<w:p><w:r><w:t>\x01</w:t></w:r></w:p>",
    b"<w:p><v:r/><x:y/></w:p>",
    b'<w:p w:a="1" w:a="2"/>',
    b"<w:p><!-- nothing --></w:p>",
    b'<w:p><w:r><w:pict><w:p xmlns:w="of another"><w:r><w:t>lost</w:t></w:r></w:p></w:pict></w:r></w:p>',
    b"<w:p><w:r><w:t>\xff</w:t></w:r></w:p>",
])  # fmt: skip
def test_markup_that_is_not_ours_is_left_to_the_reader_of_trees(strange: bytes) -> None:
    """What is malformed, what is hidden in namespaces, comments and entities."""
    whole = b'<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>'
    known = b"<w:p><w:r><w:t>a &amp; b</w:t></w:r></w:p>"
    assert markup.read(whole % (W[1:-1].encode(), known)).text == "a & b"
    with pytest.raises(Strange):
        markup.read(whole % (W[1:-1].encode(), strange))


@pytest.mark.parametrize(("change", "said"), [
    (streams(lambda data: data.replace(b"20", b"", 1)), "stands"),
    (streams(without(b"EMC\n")), "stands"),
    (streams(without(b"EMC\n", 40)), "stands"),
    (streams(turned), "stands"),
    (streams(no_foot), "page 1 has “” at its edges"),
    (streams(lambda data: data + b"\nBT /F1+0 9 Tf [<20>] TJ ET"), "not marked"),
    (maps(lambda data: data.replace(b"<0065>", b"<0061>")), "stands"),
    (maps(lambda data: data.replace(b"> <0065>", b"> <>")), "stands for no character"),
])  # fmt: skip
def test_a_pdf_that_lost_something_is_refused(change: Callable[[pikepdf.Pdf], None], said: str, folder: Path) -> None:
    """A glyph, a line, two that changed places, the foot of a page, a font whose map is wrong or has holes."""
    data, document, looks = made("pdf", folder)
    file = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(data)) as edited:
        change(edited)
        edited.save(file)
        packed = {each.objgen[0]: each.read_bytes() for each in edited.objects if isinstance(each, pikepdf.Stream)}
    assert said in refused("pdf", file.getvalue(), document, looks)
    assert said in refused("pdf", written(data, packed), document, looks)


def test_a_text_that_lost_something_is_refused(folder: Path) -> None:
    """The number of a clause."""
    data, document, looks = made("text", folder)
    assert "stands" in refused("text", data.replace(b"\n2.1 ", b"\n"), document, looks)


def test_a_template_of_the_owners_that_lost_something_is_refused(folder: Path) -> None:
    """Its own words and the values it prints; and what Word's rows would swallow together with a tag."""
    document = papers.every("en", folder)["first-notice"][1]
    data = own.write(document, LETTER, NAME)
    checker("own")(data, document, LETTER)
    for change in (dropped("p", 1), dropped("r", 2), dropped("tr", 0), doubled):
        with pytest.raises(Problems, match="where the template says"):
            checker("own")(edited(data, BODY, change), document, LETTER)
    swallowed = template(
        "Dear", rows=[["{%tr for row in claim.rows %}", "Amounts"], ["{{ row.label }}", ""], ["{%tr endfor %}", ""]]
    )
    with pytest.raises(Problems, match="where the template says"):
        checker("own")(own.write(document, swallowed, NAME), document, swallowed)


def test_nothing_is_published_when_a_word_is_lost(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The document is named, the first difference shown, and the letters that are whole stay unwritten too."""
    fill = layout._fill  # noqa: SLF001 - the fault is injected where a page is filled
    monkeypatch.setattr(layout, "_fill", lambda strips, *rest: fill(strips[:4] + strips[5:], *rest))
    ran = CliRunner().invoke(main, ["--home", str(example), "--today", "2026-11-23", "letters", "vidal"])
    assert ran.exit_code == 1
    assert "vidal/2026-036-first-notice: the PDF made of it was read back, and after “" in ran.stderr
    assert not (example / "out").exists()


@pytest.mark.parametrize("language", papers.LANGUAGES)
def test_every_format_of_every_document_is_read_back(language: str, folder: Path) -> None:
    """No sound file is refused, nor does any need a reader of whatever may be written."""
    for name, document in papers.every(language, folder).values():
        checker("text")(writer("text")(document, house(name)), document, house(name))
        for form, is_sound in SOUND.items():
            assert is_sound(writer(form)(document, house(name)), document, house(name))


@pytest.mark.parametrize("form", formats())
def test_what_is_higher_than_a_page_or_a_line_is_no_loss(form: str, folder: Path) -> None:
    """Columns that go on side by side, a word without a place to break, accents apart from their letters."""
    _, document, looks = made("text", folder, "invoice-lines")
    facts = Facts((Fact("One", LONG), Fact("Two", f"{LONG}two", strong=True)))
    signed = Signatures((Signatory("We", LONG, "Owner", ("Date",)), Signatory("You", LONG)))
    code = Code(((True, False), (False, True)), 4, "Scan to pay", "a code")
    pairs = Pairs((("IBAN", LONG), ("A\u0301", "x" * 900), ("soft\u00adly", "a\u00a0" * 300)), code)
    table = next(block for block in document.blocks if isinstance(block, Table))
    rows = (tuple(f"{cell} {LONG}" for cell in table.rows[0]),) * 2
    document = replace(document, blocks=(*document.blocks, facts, pairs, replace(table, rows=rows), signed))
    checker(form)(writer(form)(document, looks), document, looks)


def test_a_house_that_its_owner_has_arranged_anew_is_read_back_too(folder: Path) -> None:
    """Values above their labels are no fault; a blank taken away is one."""

    def cell(word: Word) -> tuple[etree._Element, etree._Element]:
        lines = [p for p in word.element.body.iter(f"{W}p") if "fact.label" in "".join(p.itertext())]
        return lines[0], lines[0].getparent()[-1]

    def turn(word: Word) -> None:
        label, last = cell(word)
        last.addnext(label)

    def lose(word: Word) -> None:
        turn(word)
        (run,) = cell(word)[0].iter(f"{W}t")
        run.text = ""

    _, document, _ = made("text", folder, "invoice-lines")
    kind = look.read(owner.edited("letters", turn), "house.docx")
    checker("docx")(writer("docx")(document, kind), document, kind)
    lost = look.read(owner.edited("letters", lose), "house.docx")
    assert "is not in it" in refused("docx", writer("docx")(document, lost), document, lost)
