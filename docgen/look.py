"""How documents look: what house.docx says about paper, styles, numbers and fonts."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources

from lxml import etree

from docgen.problem import Mark, Problem, Problems, stop

FAMILY = "Docgen Sans"
STYLES = (
    "Normal",
    "Letterhead Name",
    "Letterhead",
    "Service",
    "Return Address",
    "Address",
    "Date",
    "Subject",
    "Body Text",
    "Note",
    "Mark",
    "Title",
    "Subtitle",
    "Heading 1",
    "Clause 1",
    "Clause Summary",
    "Clause 2",
    "Clause 3",
    "List Bullet",
    "Writing Line",
    "Fact Label",
    "Fact Value",
    "Fact Value Strong",
    "Table Head",
    "Table Head Number",
    "Table Cell",
    "Table Number",
    "Table Total",
    "Table Total Number",
    "Table Total Strong",
    "Table Total Strong Number",
    "Pair Label",
    "Pair Value",
    "Closing",
    "Signature Name",
    "Signature Role",
    "Signature Label",
    "Footer",
)
TABLE = "Docgen Table"
LARGEST_PART = 32 * 1024 * 1024
NATURAL_LEADING = 1.2  # of the size, where a style leaves the leading to Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = {"w": W}


class Face(StrEnum):
    """A cut of a family; the value is its name in the file names of fonts and in Word's font table."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


def face(*, bold: bool, italic: bool) -> Face:
    """Return the face for *bold* and *italic*."""
    if bold:
        return Face.BOLD_ITALIC if italic else Face.BOLD
    return Face.ITALIC if italic else Face.REGULAR


@dataclass(frozen=True, slots=True)
class Line:
    """A rule's width in points and its color, #rrggbb."""

    width: float
    color: str


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks; lengths in points, *first* against *left*, *leading* absolute."""

    font: str = FAMILY
    size: float = 11
    bold: bool = False
    italic: bool = False
    color: str = "#000000"
    leading: float = 15
    before: float = 0
    after: float = 0
    align: str = "left"
    left: float = 0
    right: float = 0
    first: float = 0
    keep_next: bool = False
    keep_lines: bool = False
    border_bottom: Line | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """A numbering of Word's: its format, its text such as ``%1.%2``, the text's indent and how far the sign hangs."""

    format: str
    text: str
    indent: float
    hanging: float


@dataclass(frozen=True, slots=True)
class TableRules:
    """The rules of a table, and the room left and right of the text in a cell, in points."""

    head: Line
    foot: Line
    padding: float


@dataclass(frozen=True, slots=True)
class Look:
    """All that house.docx says about looks; lengths in points, *header* and *footer* from the paper's edge."""

    template: bytes
    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    header: float
    footer: float
    styles: Mapping[str, Style]
    levels: Mapping[str, Level]
    fonts: Mapping[str, Mapping[Face, bytes]]
    table: TableRules

    @property
    def measure(self) -> float:
        """Return the width of the text."""
        return self.width - self.left - self.right


def read(data: bytes, name: str) -> Look:
    """Return the look that the Word file *data*, known to the owner as *name*, asks for."""
    try:
        parts = _parts(data)
        page = _page(parts["word/document.xml"])
        fonts = _fonts(parts)
        levels = _levels(parts)
        sheet = _sheet(parts["word/styles.xml"], levels, frozenset(fonts))
        styles = {name: sheet.style(identifier) for name, identifier in sheet.names().items()}
        numbered = {name: levels[identifier] for name, identifier in sheet.names().items() if identifier in levels}
        table = _table(parts["word/styles.xml"])
    except KeyError as error:
        raise stop(
            f"the part or setting {error} is missing; restore the house.docx that came with docgen", Mark(name)
        ) from error
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError) as error:
        raise stop(
            f"no Word file that can be read ({error}); save it as .docx in Word or LibreOffice", Mark(name)
        ) from error
    _check(styles, name)
    return Look(data, **page, styles=styles, levels=numbered, fonts=fonts, table=table)


def _check(styles: Mapping[str, Style], name: str) -> None:
    """Raise Problems if a style that documents are written in is not there."""
    missing = [style for style in STYLES if style not in styles]
    if missing:
        raise Problems(
            Problem(Mark(name), f"the paragraph style {style!r} is missing; add it, or restore the original file")
            for style in missing
        )


def _parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of the Word file *data* by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        large = [part.filename for part in archive.infolist() if part.file_size > LARGEST_PART]
        if large:
            raise ValueError(f"{large[0]} is larger than a look can be")
        return {part: archive.read(part) for part in archive.namelist()}


def _xml(part: bytes) -> etree._Element:
    """Return the root of *part*; what would declare entities is refused, as no Word file does."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(part, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it declares a document type")
    return root


def _find(element: etree._Element | None, path: str) -> etree._Element | None:
    """Return the first element at *path* below *element*, if both are there."""
    return None if element is None else element.find(path, NAMESPACES)


def _value(element: etree._Element | None, name: str = "val") -> str | None:
    """Return Word's attribute *name* of *element*, if it is there."""
    return None if element is None else element.get(f"{{{W}}}{name}")


def _twips(element: etree._Element | None, *names: str) -> float | None:
    """Return the first of the attributes *names* that is there, in points."""
    found = (_value(element, name) for name in names)
    return next((float(value) / 20 for value in found if value is not None), None)


def _flag(element: etree._Element | None) -> bool | None:
    """Return whether a switch such as ``w:b`` is on, None where it is not said."""
    return None if element is None else _value(element) not in {"0", "false", "off"}


def _line(element: etree._Element | None) -> Line | None:
    """Return the border *element* as a rule, None for no border."""
    if element is None or _value(element) in {None, "nil", "none"}:
        return None
    return Line(float(_value(element, "sz") or 4) / 8, _color(_value(element, "color")))


def _color(value: str | None) -> str:
    """Return Word's color *value* as #rrggbb; black where Word may choose."""
    return f"#{value.lower()}" if value and re.fullmatch("[0-9A-Fa-f]{6}", value) else "#000000"


def _page(part: bytes) -> dict[str, float]:
    """Return paper and margins of the section the document ends with."""
    section = _find(_xml(part), "w:body/w:sectPr")
    size, margins = _find(section, "w:pgSz"), _find(section, "w:pgMar")
    wanted = {"width": (size, "w"), "height": (size, "h")}
    wanted |= {side: (margins, side) for side in ("top", "right", "bottom", "left", "header", "footer")}
    found = {name: _twips(element, attribute) for name, (element, attribute) in wanted.items()}
    missing = [name for name, value in found.items() if value is None]
    if missing:
        raise KeyError(f"page {missing[0]}")
    return {name: value for name, value in found.items() if value is not None}


def _levels(parts: Mapping[str, bytes]) -> dict[str, Level]:
    """Return the numbering of each paragraph style that a numbering names, by the style's id."""
    if "word/numbering.xml" not in parts:
        return {}
    levels = _xml(parts["word/numbering.xml"]).iterfind("w:abstractNum/w:lvl", NAMESPACES)
    linked = ((_value(_find(level, "w:pStyle")), level) for level in levels)
    return {style: _level(level) for style, level in linked if style is not None}


def _level(element: etree._Element) -> Level:
    """Return the numbering that the ``w:lvl`` *element* describes."""
    indent = _find(element, "w:pPr/w:ind")
    return Level(
        _value(_find(element, "w:numFmt")) or "decimal",
        _value(_find(element, "w:lvlText")) or "",
        _twips(indent, "left", "start") or 0,
        _twips(indent, "hanging") or 0,
    )


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The paragraph styles of a styles part, by their ids."""

    elements: Mapping[str, etree._Element]
    defaults: Style
    levels: Mapping[str, Level]
    families: frozenset[str]

    def names(self) -> dict[str, str]:
        """Return the ids of the styles that documents are written in, by their names in STYLES."""
        known = {name.lower(): name for name in STYLES}  # Word writes the names of its own styles in lower case
        found = ((_value(_find(element, "w:name")) or "", identifier) for identifier, element in self.elements.items())
        return {known[name.lower()]: identifier for name, identifier in found if name.lower() in known}

    def style(self, identifier: str) -> Style:
        """Return the style with the id *identifier*, with all that it inherits."""
        style = self.defaults
        for element in reversed(list(self._line_of_descent(identifier))):
            numbering = self.levels.get(_value(element, "styleId") or "")
            if numbering is not None:
                style = replace(style, left=numbering.indent, first=-numbering.hanging)
            style = _changed(style, element, self.families)
        return style

    def _line_of_descent(self, identifier: str) -> Iterator[etree._Element]:
        """Yield the style *identifier* and those it is based on; a ring of styles ends where it closes."""
        seen: set[str] = set()
        while identifier in self.elements and identifier not in seen:
            seen.add(identifier)
            yield self.elements[identifier]
            identifier = _value(_find(self.elements[identifier], "w:basedOn")) or ""


def _sheet(part: bytes, levels: Mapping[str, Level], families: frozenset[str]) -> _Sheet:
    """Return the sheet of styles in *part*."""
    root = _xml(part)
    found = root.iterfind("w:style[@w:type='paragraph']", NAMESPACES)
    elements = {_value(element, "styleId") or "": element for element in found}
    defaults = Style(size=10, leading=10 * NATURAL_LEADING)
    for kind in ("w:docDefaults/w:rPrDefault", "w:docDefaults/w:pPrDefault"):
        element = _find(root, kind)
        defaults = defaults if element is None else _changed(defaults, element, families)
    return _Sheet(elements, defaults, levels, families)


def _changed(style: Style, element: etree._Element, families: frozenset[str]) -> Style:
    """Return *style* with what the ``w:rPr`` and ``w:pPr`` of *element* say."""
    run, paragraph = _find(element, "w:rPr"), _find(element, "w:pPr")
    indent, spacing = _find(paragraph, "w:ind"), _find(paragraph, "w:spacing")
    hanging = _twips(indent, "hanging")
    size = float(_value(_find(run, "w:sz")) or style.size * 2) / 2
    said = {
        "font": _family(_value(_find(run, "w:rFonts"), "ascii"), families),
        "size": size,
        "bold": _flag(_find(run, "w:b")),
        "italic": _flag(_find(run, "w:i")),
        "color": None if _find(run, "w:color") is None else _color(_value(_find(run, "w:color"))),
        "leading": _leading(spacing, size),
        "before": _twips(spacing, "before"),
        "after": _twips(spacing, "after"),
        "align": _side(_value(_find(paragraph, "w:jc"))),
        "left": _twips(indent, "left", "start"),
        "right": _twips(indent, "right", "end"),
        "first": _twips(indent, "firstLine") if hanging is None else -hanging,
        "keep_next": _flag(_find(paragraph, "w:keepNext")),
        "keep_lines": _flag(_find(paragraph, "w:keepLines")),
        "border_bottom": _line(_find(paragraph, "w:pBdr/w:bottom")),
    }
    return replace(style, **{name: value for name, value in said.items() if value is not None})  # type: ignore[arg-type]


def _family(name: str | None, families: frozenset[str]) -> str | None:
    """Return the family to set *name* in: our own where the file does not carry it."""
    return name if name is None or name in families else FAMILY


def _leading(spacing: etree._Element | None, size: float) -> float | None:
    """Return the leading in points that *spacing* asks for at *size*."""
    line = _value(spacing, "line")
    if line is None:
        return None
    if _value(spacing, "lineRule") in {"exact", "atLeast"}:
        return float(line) / 20
    return float(line) / 240 * size * NATURAL_LEADING


def _side(value: str | None) -> str | None:
    """Return Word's *value* for the alignment as left, right or center; nothing is justified."""
    sides = {"end": "right", "right": "right", "center": "center"}
    return None if value is None else sides.get(value, "left")


def _table(part: bytes) -> TableRules:
    """Return the rules of the table style in *part*."""
    styles = _xml(part).iterfind("w:style[@w:type='table']", NAMESPACES)
    style = next((element for element in styles if _value(_find(element, "w:name")) == TABLE), None)
    if style is None:
        raise KeyError(f"table style {TABLE}")
    head = _line(_find(style, "w:tblStylePr[@w:type='firstRow']/w:tcPr/w:tcBorders/w:bottom"))
    foot = _line(_find(style, "w:tblStylePr[@w:type='lastRow']/w:tcPr/w:tcBorders/w:bottom"))
    foot = foot or _line(_find(style, "w:tblPr/w:tblBorders/w:bottom"))
    padding = _twips(_find(style, "w:tblPr/w:tblCellMar/w:left"), "w")
    return TableRules(head or Line(0.75, "#111111"), foot or Line(0.5, "#595959"), padding or 0)


def _fonts(parts: Mapping[str, bytes]) -> dict[str, Mapping[Face, bytes]]:
    """Return the families that the file carries, and our own."""
    table, links = parts.get("word/fontTable.xml"), parts.get("word/_rels/fontTable.xml.rels")
    carried: dict[str, Mapping[Face, bytes]] = {FAMILY: own_fonts()}
    if table is None or links is None:
        return carried
    targets = {link.get("Id"): f"word/{link.get('Target')}" for link in _xml(links)}
    for font in _xml(table).iterfind("w:font", NAMESPACES):
        faces = dict(_embedded(font, targets, parts))
        if Face.REGULAR in faces:
            carried[_value(font, "name") or ""] = _completed(faces)
    return carried


def _embedded(
    font: etree._Element, targets: Mapping[str | None, str], parts: Mapping[str, bytes]
) -> Iterator[tuple[Face, bytes]]:
    """Yield the faces of *font* that lie in the file."""
    for cut in Face:
        element = _find(font, f"w:embed{cut}")
        if element is not None:
            yield cut, _clear(parts[targets[element.get(f"{{{R}}}id")]], _value(element, "fontKey") or "")


def _clear(data: bytes, key: str) -> bytes:
    """Return the font in *data*, whose first 32 bytes Word hides with the GUID *key* (ISO/IEC 29500-4, 9.1)."""
    mask = bytes.fromhex(re.sub("[^0-9A-Fa-f]", "", key))[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], mask, strict=False)) + data[32:]


def _completed(faces: Mapping[Face, bytes]) -> dict[Face, bytes]:
    """Return *faces* with a stand-in for each that is missing."""
    regular = faces[Face.REGULAR]
    bold = faces.get(Face.BOLD, regular)
    stand_ins = {Face.REGULAR: regular, Face.BOLD: bold, Face.ITALIC: regular, Face.BOLD_ITALIC: bold}
    return {**stand_ins, **faces}


@cache
def own_fonts() -> Mapping[Face, bytes]:
    """Return the faces of the family that comes with docgen."""
    folder = resources.files("docgen") / "fonts"
    cuts = (Face.REGULAR, Face.BOLD, Face.ITALIC)
    return _completed({cut: (folder / f"DocgenSans-{cut}.ttf").read_bytes() for cut in cuts})
