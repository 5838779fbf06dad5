"""What an owner does to house.docx in Word, done with python-docx."""

from __future__ import annotations

import io
import re
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
from docx.document import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw

ROOT = Path(__file__).parent.parent
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
FONT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
Change = Callable[[Document], object]


def edited(folder: str, *changes: Change) -> bytes:
    """Return the house of *folder* after *changes*."""
    document = docx.Document(str(ROOT / folder / "house.docx"))
    for change in changes:
        change(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def replaced(data: bytes, part: str, old: str, new: str) -> bytes:
    """Return the Word file *data* with *old* replaced by *new* in its *part*."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return made.getvalue()


def image(mode: str = "RGB", form: str = "PNG", size: tuple[int, int] = (60, 30)) -> bytes:
    """Return a picture as a file of *form*: red at the left, and blue, where it can half see-through, at the right."""
    made = Image.new("RGBA", size, (200, 30, 30, 255))
    ImageDraw.Draw(made).rectangle((size[0] // 2, 0, size[0], size[1]), fill=(30, 30, 200, 128))
    made = made if mode == "RGBA" else made.convert("LA") if mode == "LA" else made.convert("RGB")
    made = made.convert("L").convert("I;16") if mode == "I;16" else made.convert(mode)
    file = io.BytesIO()
    made.save(file, form)
    return file.getvalue()


def animation(form: str) -> bytes:
    """Return a picture of *form* that moves."""
    frames = [Image.new("RGB", (8, 8), color) for color in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, form, save_all=True, append_images=frames[1:], duration=100)
    return file.getvalue()


def logo(data: bytes, alt: str = "", width: float = 20, *, at: int = 0) -> Change:
    """Return the change that puts *data*, *width* millimetres wide, above the paragraph *at* of the letterhead."""

    def change(document: Document) -> None:
        paragraph = document.sections[0].first_page_header.paragraphs[at].insert_paragraph_before()
        shape = paragraph.add_run().add_picture(io.BytesIO(data), width=Mm(width))
        if alt:
            shape._inline.docPr.set("descr", alt)

    return change


def swapped(data: bytes, picture: bytes) -> bytes:
    """Return the Word file *data* with *picture* in the place of the one that is in it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, picture if name.startswith("word/media/") else source.read(name))
    return made.getvalue()


def floating(data: bytes, place: str) -> Change:
    """Return the change that puts the picture *data* on the page, *place* saying where and how text keeps away."""

    def change(document: Document) -> None:
        logo(data)(document)
        paragraph = document.sections[0].first_page_header.paragraphs[0]
        (inline,) = paragraph._p.iter(qn("wp:inline"))
        anchor = parse_xml(
            f'<wp:anchor {nsdecls("wp")} distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
            f' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
            f"{place}</wp:anchor>"
        )
        wrap = anchor[-1]
        for child in list(inline):
            if child.tag == qn("wp:extent"):
                wrap.addprevious(child)
            else:
                anchor.append(child)
        inline.getparent().replace(inline, anchor)

    return change


def header(document: Document) -> list[Paragraph]:
    """Return the paragraphs of the letterhead of *document*."""
    return list(document.sections[0].first_page_header.paragraphs)


def retyped(old: str, new: str) -> Change:
    """Return the change that puts *new* in the place of the paragraph *old*, or takes it away for ``""``."""

    def change(document: Document) -> None:
        found = [each for each in (*document.paragraphs, *header(document)) if each.text == old]
        assert found, old
        if new:
            found[0].text = new
        else:
            element: BaseOxmlElement = found[0]._p
            parent = element.getparent()
            assert parent is not None
            parent.remove(element)

    return change


def embedded(name: str, rights: int = 0) -> Change:
    """Return the change that embeds a font called *name*, which its maker gives *rights*, and sets all in it."""
    made = TTFont(ROOT / "docgen/fonts/DocgenSans-Italic.ttf")
    made["OS/2"].fsType = rights
    for record in made["name"].names:
        record.string = re.sub("Docgen ?Sans", name, record.toUnicode())
    file = io.BytesIO()
    made.save(file)

    def change(document: Document) -> None:
        key = uuid.UUID(int=7)
        data = (
            bytes(a ^ b for a, b in zip(file.getvalue()[:32], key.bytes[::-1] * 2, strict=True)) + file.getvalue()[32:]
        )
        (table,) = (each.target_part for each in document.part.rels.values() if each.reltype.endswith("/fontTable"))
        part = Part(PackURI("/word/fonts/font9.odttf"), OBFUSCATED, data, document.part.package)
        embeds = f'<w:embedRegular r:id="{table.relate_to(part, FONT)}" w:fontKey="{{{str(key).upper()}}}"/>'
        font = f'<w:font w:name="{name}">{embeds}</w:font></w:fonts>'
        table._blob = table.blob.replace(b"</w:fonts>", font.encode())
        document.styles["Normal"].font.name = name

    return change
