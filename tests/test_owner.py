"""What an owner changes in house.docx changes the documents, in every format; what cannot be said so is said."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openxml_audit
import page as validation
import pytest
import specimen
import words_docx
from click.testing import CliRunner
from docx.document import Document as Word
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, RGBColor
from owner import Change, animation, edited, embedded, floating, header, image, logo, replaced, retyped, swapped
from words_pdf import Shown, figures, images, inks, pictures, shown, words

from docgen import look
from docgen.cli import main
from docgen.document import Align, Break, Column, Document, Table, Total
from docgen.look import Look, template
from docgen.problem import Problems
from docgen.write import docx, pdf, text

MM = 72 / 25.4
HOUSE = "letters/house.docx"
KINDS: dict[str, Callable[[str], Document]] = {"letters": specimen.letter, "contracts": specimen.contract}
TOP = 14 * MM  # of the header


def read(data: bytes) -> Look:
    """Return the look of an edited house."""
    return look.read(data, HOUSE)


def letter() -> Document:
    """Return a letter that encloses an invoice."""
    document = specimen.letter("en-US")
    return replace(document, blocks=(*document.blocks, Break(), *specimen.invoice_blocks("en-US", 2)))


def made(document: Document, looks: Look, folder: Path) -> tuple[bytes, bytes]:
    """Return *document* as PDF and as DOCX, both valid and both with the words of the text."""
    printed, filled = pdf.write(document, looks), docx.write(document, looks)
    for profile in ("3a", "ua1"):
        assert not validation.validate_pdf_bytes(printed, profile=profile).failures
    (folder / "made.docx").write_bytes(filled)
    assert openxml_audit.OpenXmlValidator().validate(folder / "made.docx").errors == []
    expected = [word for word in text.write(document, looks).decode().split() if word != "-"]
    assert words(printed) == expected
    assert words_docx.words(filled) == expected
    return printed, filled


def part(data: bytes, name: str) -> str:
    """Return the part *name* of the Word file *data*."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(f"word/{name}").decode()


def body(printed: bytes) -> list[Shown]:
    """Return the texts of the PDF *printed* that are read."""
    return [each for each in shown(printed) if each.element]


def restyled(document: Word) -> None:
    """Change what an owner changes first."""
    styles, section = document.styles, document.sections[0]
    styles["Normal"].font.size = Pt(12)
    styles["Letterhead Name"].font.color.rgb = RGBColor(0xAA, 0x11, 0x22)
    section.left_margin, section.right_margin = Mm(30), Mm(25)
    header(document)[-1].insert_paragraph_before("Since 1998", "Letterhead")


@pytest.mark.parametrize("folder", KINDS)
def test_what_an_owner_changes_in_word_changes_both_formats(folder: str, tmp_path: Path) -> None:
    """Font, size, color, margins, a line of the letterhead and a logo."""
    looks = read(edited(folder, restyled, embedded("Other Sans"), logo(image("RGBA"), "Our lamp")))
    printed, filled = made(KINDS[folder]("en-US"), looks, tmp_path)
    found = body(printed)
    assert {each.font.split("+")[1] for each in found} == {"Other-Sans-Italic"}
    assert max(each.x + each.width for each in found) <= (210 - 25) * MM + 0.1
    assert min(each.x for each in found) == pytest.approx(30 * MM, abs=0.1)
    assert {12.0} <= {each.size for each in found}
    assert "#aa1122" in inks(printed)
    assert "Since 1998" in [each.text for each in found]
    picture, *_ = pictures(printed)
    assert picture.tag == "Figure"
    assert "Our lamp" in figures(printed)
    assert (picture.x, picture.y) == pytest.approx((30 * MM, TOP), abs=0.1)
    assert (picture.width, picture.height) == pytest.approx((20 * MM, 10 * MM), abs=0.1)
    assert "Since 1998" in part(filled, "header1.xml")
    assert 'descr="Our lamp"' in part(filled, "header1.xml")
    assert 'w:lineRule="atLeast"' in part(filled, "header1.xml")
    assert 'w:ascii="Other Sans"' in part(filled, "styles.xml")
    assert 'w:val="AA1122"' in part(filled, "styles.xml")


def test_letters_and_contracts_may_look_different() -> None:
    """Each is made by the house of its own folder."""
    letters, contracts = read(edited("letters", restyled)), read(edited("contracts"))
    assert "#aa1122" in inks(pdf.write(specimen.letter("en-US"), letters))
    assert "#aa1122" not in inks(pdf.write(specimen.contract("en-US"), contracts))


@pytest.mark.parametrize(
    ("mode", "form", "space", "masked"),
    [
        ("RGB", "PNG", "/DeviceRGB", False),
        ("RGBA", "PNG", "/DeviceRGB", True),
        ("P", "PNG", "/DeviceRGB", False),
        ("L", "PNG", "/DeviceGray", False),
        ("LA", "PNG", "/DeviceGray", True),
        ("1", "PNG", "/DeviceGray", False),
        ("I;16", "PNG", "/DeviceGray", False),
        ("RGB", "JPEG", "/DeviceRGB", False),
        ("CMYK", "JPEG", "/DeviceRGB", False),
    ],
)
def test_a_logo_of_any_usual_kind_is_in_the_file_once(
    mode: str, form: str, space: str, *, masked: bool, tmp_path: Path
) -> None:
    """Three letterheads show one picture, whose colors are sRGB and whose transparency is kept."""
    house = swapped(edited("letters", logo(image("RGB", form))), image(mode, form))
    printed, filled = made(letter(), read(house), tmp_path)
    assert len(pictures(printed)) == figures(printed).count("Studio Lumen") == 3
    (found,) = images(printed)
    assert (found.space, found.masked) == (space, masked)
    if space == "/DeviceRGB":
        assert found.shown.getpixel((5, 5)) == pytest.approx((200, 30, 30), abs=45)
    assert 'descr="Studio Lumen"' in part(filled, "header1.xml")


def decorated(document: Word) -> None:
    """Mark the logo as decorative, as Word does."""
    (properties,) = header(document)[0]._p.iter(
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
    )
    uri = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    properties.append(
        parse_xml(
            f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
            f'<adec:decorative xmlns:adec="{uri}" val="1"/></a:ext></a:extLst>'
        )
    )


def test_a_decorative_picture_is_not_read_aloud(tmp_path: Path) -> None:
    """Word's own mark for it makes the picture furniture."""
    printed, _ = made(letter(), read(edited("letters", logo(image()), decorated)), tmp_path)
    assert {each.tag for each in pictures(printed)} == {"Artifact"}
    assert "Studio Lumen" not in figures(printed)


@pytest.mark.parametrize(("align", "x"), [(WD_ALIGN_PARAGRAPH.CENTER, 25 + 60), (WD_ALIGN_PARAGRAPH.RIGHT, 25 + 120)])
def test_a_logo_stands_where_its_paragraph_has_it(align: WD_ALIGN_PARAGRAPH, x: float) -> None:
    """Centred or at the right edge of the text, which is 140 millimetres wide."""

    def set_(document: Word) -> None:
        header(document)[0].alignment = align

    picture, *_ = pictures(pdf.write(specimen.letter("en-US"), read(edited("letters", logo(image()), set_))))
    assert picture.x == pytest.approx(x * MM, abs=0.2)


def test_a_logo_that_floats_stands_where_word_has_it(tmp_path: Path) -> None:
    """At the right margin, 10 millimetres below the paper's edge; text takes no notice."""
    place = (
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>360000</wp:posOffset></wp:positionV><wp:wrapNone/>'
    )
    printed, _ = made(specimen.letter("en-US"), read(edited("letters", floating(image(), place))), tmp_path)
    picture, *_ = pictures(printed)
    assert (picture.x, picture.y) == pytest.approx(((25 + 140 - 20) * MM, 10 * MM), abs=0.2)


def test_text_keeps_away_from_a_picture_that_asks_for_it() -> None:
    """The name begins beside it."""
    place = (
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        '<wp:wrapSquare wrapText="bothSides"/>'
    )
    found = shown(pdf.write(specimen.letter("en-US"), read(edited("letters", floating(image(size=(60, 45)), place)))))
    name = next(each for each in found if each.text == "Studio Lumen")
    assert name.x == pytest.approx((25 + 20) * MM + 9, abs=0.2)


def linked(data: bytes) -> bytes:
    """Return the Word file *data* with its picture outside of it."""
    inside = 'relationships/image" Target="media/image1.png"'
    outside = 'relationships/image" Target="file:///logo.png" TargetMode="External"'
    return replaced(data, "word/_rels/header1.xml.rels", inside, outside)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (linked, "is linked and not in the file"),
        (lambda data: swapped(data, b'<?xml version="1.0"?><svg xmlns="x"/>'), "is an SVG drawing; save it as PNG"),
        (lambda data: swapped(data, b"\x01\x00\x00\x00" + bytes(80)), "is an EMF drawing; save it as PNG"),
        (lambda data: swapped(data, b"\xd7\xcd\xc6\x9a" + bytes(80)), "is a WMF drawing; save it as PNG"),
        (lambda data: swapped(data, animation("GIF")), "is animated"),
        (lambda data: swapped(data, animation("PNG")), "is animated"),
        (lambda data: swapped(data, image(size=(300, 300))[:-200]), "is damaged"),
        (lambda data: swapped(data, image("RGB", "JPEG", (300, 300))[:-900]), "is damaged"),
        (lambda data: swapped(data, b"no picture"), "is neither PNG nor JPEG"),
        (lambda data: swapped(data, image("1", size=(5000, 4001))), "has 20.0 megapixels; use one of at most 20"),
        (lambda data: swapped(data, image() + bytes(5 * 1024 * 1024)), "has 5.0 MB; use one of at most 5 MB"),
        (lambda data: replaced(data, "word/header1.xml", "<a:xfrm>", '<a:xfrm rot="5400000">'), "is turned in Word"),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused(change: Callable[[bytes], bytes], said: str) -> None:
    """The owner learns which file, which picture, and what would do."""
    with pytest.raises(Problems, match=rf"{HOUSE}: the picture “Picture 1” {said}"):
        read(change(edited("letters", logo(image()))))


def test_the_window_stays_free() -> None:
    """A logo that pushes the letterhead into the window is refused; one beside the window is not."""
    tall = image(size=(20, 30))
    with pytest.raises(Problems, match=rf"{HOUSE}: the letterhead reaches \d+ mm into the window"):
        pdf.write(specimen.letter("en-US"), read(edited("letters", logo(tall))))
    place = (
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="page"><wp:posOffset>360000</wp:posOffset></wp:positionV><wp:wrapNone/>'
    )
    assert pictures(pdf.write(specimen.letter("en-US"), read(edited("letters", floating(tall, place)))))


def furnished(document: Word) -> None:
    """Give the pages that go on a header, and each first page a line more at its foot."""
    section = document.sections[0]
    section.header.is_linked_to_previous = False
    section.header.paragraphs[0].text = "Studio Lumen goes on"
    section.first_page_footer.add_paragraph("Register 4711", "Footer")


def test_headers_and_footers_are_on_the_pages_that_word_has_them_on(tmp_path: Path) -> None:
    """On the first page of a letter and of what it encloses, and on the others."""
    document = letter()
    document = replace(document, blocks=(*document.blocks, Break(), *specimen.contract("en-US").blocks))
    printed, filled = made(document, read(edited("letters", furnished)), tmp_path)
    on = {name: {each.page for each in shown(printed) if each.text == name} for name in ("Register 4711",)}
    going_on = {each.page for each in shown(printed) if each.text.startswith("Studio Lumen goes on")}
    firsts = {each.page for each in body(printed) if each.text == "Studio Lumen" and each.size == 14}
    assert on["Register 4711"] == firsts
    assert going_on == {each.page for each in shown(printed)} - firsts
    assert "Register 4711" in "".join(part(filled, f"footer{number}.xml") for number in (1, 2))


def numbered(document: Word) -> None:
    """Count the pages with a field of Word's, beside one that Word alone can fill."""
    paragraph = document.sections[0].first_page_footer.add_paragraph("Sheet ", "Footer")
    for code in (" PAGE ", " USERNAME "):
        paragraph._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>8</w:t></w:r></w:fldSimple>')
        )
    document.sections[0].first_page_header.add_table(1, 1, Mm(50))


def test_what_a_pdf_cannot_take_over_is_said() -> None:
    """Page numbers are; other fields and tables are left out, and named."""
    looks = read(edited("letters", numbered))
    assert [str(remark) for remark in looks.remarks] == [
        f"{HOUSE}: a header holds a table, which the PDF leaves out",
        f"{HOUSE}: a footer holds a field of Word's, USERNAME, which the PDF leaves out",
    ]
    assert "Sheet 1" in "".join(
        each.text for each in shown(pdf.write(specimen.letter("en-US"), looks)) if not each.page
    )


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (embedded("Locked Sans", rights=2), "'Locked Sans' cannot stand in a PDF, as its maker forbids embedding it"),
        (embedded("Whole Sans", rights=0x100), "forbids embedding a part of it (fsType); Docgen Sans is used instead"),
        (lambda word: setattr(word.styles["Title"].font, "name", "Futura"), "the font 'Futura' is not in the file"),
        (
            lambda word: setattr(word.styles["Title"].font, "all_caps", True),
            "the style 'Title' has capitals, which the",
        ),
        (
            lambda word: setattr(word.styles["Body Text"].paragraph_format, "alignment", WD_ALIGN_PARAGRAPH.JUSTIFY),
            "the style 'Body Text' is justified, which the PDF leaves out",
        ),
        (
            lambda word: setattr(word.paragraphs[2], "alignment", WD_ALIGN_PARAGRAPH.CENTER),
            "has looks of its own; change the style 'Title'",
        ),
        (
            lambda word: setattr(word.paragraphs[2], "style", "Subtitle"),
            "what is 'Title' stands in the style 'Subtitle'; the PDF uses the style 'Title'",
        ),
        (
            lambda word: setattr(word.settings, "odd_and_even_pages_header_footer", True),
            "even pages have a header and a footer of their own",
        ),
    ],
)
def test_an_owner_is_told_what_a_pdf_does_not_show(change: Change, said: str) -> None:
    """A document is made all the same."""
    looks = read(edited("contracts", change))
    assert any(said in str(remark) for remark in looks.remarks)
    assert pdf.write(specimen.contract("en-US"), looks)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (retyped("{{ line }}", "{{ lien }}"), "nothing fills `lien` in “{{ lien }}” (in a header)"),
        (retyped("{{ line }}", "{{ letterhed }}"), "`letterhed` in “{{ letterhed }}”; did you mean `letterhead`?"),
        (
            retyped("{{r block.text }}", "{{r block.txt }}"),
            "nothing fills `txt` in “{{r block.txt }}”; did you mean `text`?",
        ),
        (retyped("{{ line }}", "{{ line }"), "a tag is broken in “{{ line }”"),
        (retyped("{%p endif %}", ""), "a tag is broken in"),
        (retyped("{%p elif block.kind == 'Note' %}", ""), "the text has no branch that shows 'Note'"),
        (
            retyped("{%p elif block.kind == 'Lines' %}", "{%p elif block.kind == 'Line' %}"),
            "no branch that shows 'Lines'",
        ),
        (retyped("{%p endfor %}", "{%p endfor %} Bye"), "“{%p endfor %}” is not alone in its paragraph"),
        (lambda word: word.add_paragraph("Kind regards"), "“Kind regards” stands in the text"),
        (lambda word: word.add_picture(io.BytesIO(image())), "a picture stands in the text"),
        (lambda word: word.styles["Clause 2"].delete(), "the paragraph style 'Clause 2' is missing; copy it from"),
    ],
)
def test_a_mistake_in_a_house_is_said_in_plain_words(change: Change, said: str) -> None:
    """With the paragraph it is in, before anything is made."""
    with pytest.raises(Problems) as raised:
        read(edited("letters", change))
    assert said in str(raised.value)


def controlled(document: Word) -> None:
    """Put the first paragraphs and a table into content controls, and bookmarks around what a loop repeats."""
    body = document.element.body
    for element in (*body[:3], body.tbl_lst[1]):
        control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr/><w:sdtContent/></w:sdt>")
        element.addprevious(control)
        control[1].append(element)
    for mark in ('bookmarkStart {} w:id="0" w:name="_GoBack"', 'bookmarkEnd {} w:id="0"'):
        body.tbl_lst[0].addprevious(parse_xml(f"<w:{mark.format(nsdecls('w'))}/>"))


def test_what_word_puts_around_the_text_of_a_house_does_no_harm(tmp_path: Path) -> None:
    """Content controls and bookmarks are not repeated in the documents."""
    _, filled = made(specimen.letter("en-US"), read(edited("letters", controlled)), tmp_path)
    assert "_GoBack" not in part(filled, "document.xml")
    assert "w:sdt" not in part(filled, "document.xml")


def test_a_table_with_a_column_too_many_is_the_owners_to_mend() -> None:
    """The widths of columns belong to what the table shows."""
    looks = read(edited("letters", lambda word: word.tables[1].add_column(Mm(20))))
    with pytest.raises(Problems, match=f"{HOUSE}: a table of its has 4 columns where 3 are wanted; restore"):
        docx.write(specimen.invoice("is-IS"), replace(looks, name=HOUSE))


def test_check_shows_every_mistake_of_both_houses_and_warns_of_the_rest(example: Path) -> None:
    """Exit code 1 for what no document can be made with, and else a warning."""

    def checked() -> tuple[int, str]:
        ran = CliRunner().invoke(main, ["--home", str(example), "check", "--today", "2026-11-23"])
        return ran.exit_code, ran.stderr

    for folder in ("letters", "contracts"):
        (example / folder / "house.docx").write_bytes(
            edited(folder, lambda word: setattr(word.styles["Title"].font, "name", "Futura"))
        )
    code, said = checked()
    assert code == 0
    assert (
        said.count("warning: letters/house.docx: the font 'Futura' is not in the file; the PDF uses Docgen Sans") == 1
    )
    for folder in ("letters", "contracts"):
        (example / folder / "house.docx").write_bytes(edited(folder, retyped("{%p elif block.kind == 'Note' %}", "")))
    code, said = checked()
    assert code == 1
    for folder in ("letters", "contracts"):
        assert f"{folder}/house.docx: the text has no branch that shows 'Note'" in said


def test_what_the_writer_shows_is_what_a_house_may_show() -> None:
    """The names that blanks are checked against are those the writer fills."""
    branches = template.BRANCHES
    for make in (specimen.letter, specimen.contract, specimen.call):
        blocks = docx.shown(make("en-US").blocks, read(edited("contracts")))
        assert {str(block["kind"]) for block in blocks} <= branches.keys()
        for block in blocks:
            assert block.keys() <= template.ATTRIBUTES
            assert branches[str(block["kind"])] in {*block.keys(), ""}


@pytest.mark.debian
@pytest.mark.parametrize("folder", KINDS)
def test_a_house_may_be_edited_in_libreoffice(folder: str, tmp_path: Path) -> None:
    """Opened and saved there, it makes the same documents, and there is nothing to warn of."""
    filters = ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(tmp_path)]
    place = f"-env:UserInstallation=file://{tmp_path}/office"
    house = Path(__file__).parent.parent / folder / "house.docx"
    subprocess.run(["soffice", place, "--headless", *filters, house], check=True, capture_output=True)
    before, after = read(house.read_bytes()), read((tmp_path / "house.docx").read_bytes())
    assert after.remarks == ()
    document = KINDS[folder]("en-US")
    narrow = Table(tuple(Column(name, Align.LEFT, 1) for name in "ab"), (("c", "d"),), (Total("e", "f"),))
    document = replace(document, blocks=(*document.blocks, narrow))
    assert words(pdf.write(document, after)) == words(pdf.write(document, before))
    assert words_docx.words(docx.write(document, after)) == words_docx.words(docx.write(document, before))
    drawn = [
        [(each.text, round(each.x), round(each.y)) for each in shown(pdf.write(document, looks))]
        for looks in (before, after)
    ]
    assert drawn[0] == drawn[1]
