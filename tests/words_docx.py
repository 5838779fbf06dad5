"""The words of a Word file as its reader sees them, with the numbers that Word counts."""

from __future__ import annotations

import io
import string
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NS = {"w": W, "r": R}
LETTERS = string.ascii_lowercase


def words(data: bytes) -> list[str]:
    """Return all words of the Word file *data*: letterheads, text and tables with clause numbers, but no footers."""
    parts = _parts(data)
    count = Numbers(parts)
    shown = [_letterhead(parts, 0)]
    section = 0
    for paragraph in parts["word/document.xml"].iterfind(".//w:body//w:p", NS):
        shown.append(f"{count.next(paragraph)} {_text(paragraph)}")
        if paragraph.find("w:pPr/w:sectPr", NS) is not None:
            section += 1
            shown.append(_letterhead(parts, section))
    return " ".join(shown).split()


def _parts(data: bytes) -> dict[str, etree._Element]:
    """Return the XML parts of the Word file *data* by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {
            name: etree.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.endswith((".xml", ".rels"))
        }


def _value(element: etree._Element, path: str, name: str = "val") -> str:
    """Return Word's attribute *name* of what is at *path* below *element*, ``""`` if it is not there."""
    found = element.find(path, NS)
    return "" if found is None else found.get(f"{{{W}}}{name}", "")


def _text(paragraph: etree._Element) -> str:
    """Return the text of *paragraph*."""
    signs = {f"{{{W}}}t": None, f"{{{W}}}tab": " ", f"{{{W}}}br": "\n"}
    runs = (sign for sign in paragraph.iterfind(".//w:r/*", NS) if sign.tag in signs)
    return "".join(signs[str(sign.tag)] or sign.text or "" for sign in runs)


def _letterhead(parts: Mapping[str, etree._Element], section: int) -> str:
    """Return the text of the header on the first page of *section*."""
    setup = list(parts["word/document.xml"].iterfind(".//w:sectPr", NS))[section]
    header = setup.find("w:headerReference[@w:type='first']", NS)
    if header is None or setup.find("w:titlePg", NS) is None:
        return ""
    links = {link.get("Id"): link.get("Target") for link in parts["word/_rels/document.xml.rels"]}
    root = parts[f"word/{links[header.get(f'{{{R}}}id')]}"]
    return "\n".join(_text(paragraph) for paragraph in root.iterfind(".//w:p", NS))


@dataclass(frozen=True)
class Level:
    """How a level of a list counts and what it shows, as in ``%1.%2``."""

    form: str
    text: str


class Numbers:
    """Word's counting of numbered paragraphs."""

    def __init__(self, parts: Mapping[str, etree._Element]) -> None:
        """Begin counting for the document of *parts*."""
        self._styles = {_id(style): style for style in parts["word/styles.xml"].iterfind("w:style", NS)}
        numbering = parts["word/numbering.xml"]
        abstract = {each.get(f"{{{W}}}abstractNumId", ""): each for each in numbering.iterfind("w:abstractNum", NS)}
        self._lists = {
            number.get(f"{{{W}}}numId", ""): [
                Level(_value(level, "w:numFmt"), _value(level, "w:lvlText"))
                for level in abstract[_value(number, "w:abstractNumId")].iterfind("w:lvl", NS)
            ]
            for number in numbering.iterfind("w:num", NS)
        }
        self._counters: Counter[tuple[str, int]] = Counter()

    def next(self, paragraph: etree._Element) -> str:
        """Return the number Word shows before *paragraph*, ``""`` if none."""
        number, depth = self._place(paragraph)
        levels = self._lists.get(number, [])
        if not levels or levels[depth].form == "bullet":
            return ""
        self._counters[number, depth] += 1
        for deeper in range(depth + 1, len(levels)):
            self._counters[number, deeper] = 0
        shown = levels[depth].text
        for index, level in enumerate(levels):
            shown = shown.replace(f"%{index + 1}", _count(self._counters[number, index], level.form))
        return shown

    def _place(self, paragraph: etree._Element) -> tuple[str, int]:
        """Return the list and the level that *paragraph* or its style is in."""
        for element in (paragraph, *self._descent(_value(paragraph, "w:pPr/w:pStyle"))):
            if number := _value(element, "w:pPr/w:numPr/w:numId"):
                return number, int(_value(element, "w:pPr/w:numPr/w:ilvl") or 0)
        return "", 0

    def _descent(self, style: str) -> Iterator[etree._Element]:
        """Yield *style* and those it is based on."""
        while style in self._styles:
            yield self._styles[style]
            style = _value(self._styles[style], "w:basedOn")


def _id(style: etree._Element) -> str:
    """Return the id of *style*."""
    return style.get(f"{{{W}}}styleId", "")


def _count(number: int, form: str) -> str:
    """Return *number* as a list of *form* shows it; after z Word counts aa, bb, cc (ECMA-376, ST_NumberFormat)."""
    times, index = divmod(number - 1, len(LETTERS))
    return {"decimal": str(number), "lowerLetter": LETTERS[index] * (times + 1)}[form]
