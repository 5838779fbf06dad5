"""What a PDF shows, read back from its pages."""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

import pikepdf
from PIL.Image import Image

MAPPING = re.compile(rb"<([0-9A-F]{4})> <((?:[0-9A-F]{4})+)>")
BULLET = "•"


@dataclass(frozen=True)
class Shown:
    """A text on a page (counted from 0): points from the left and upper edges, and its place in the structure.

    *element* is the number of the structure element, 0 for an artifact.
    """

    page: int
    tag: str
    element: int
    x: float
    y: float
    text: str
    width: float
    font: str
    size: float


@dataclass(frozen=True)
class Rule:
    """A horizontal line on a page (counted from 0): points from the left and upper edges."""

    page: int
    tag: str
    x: float
    y: float
    length: float
    width: float
    color: tuple[float, ...]


@dataclass(frozen=True)
class Font:
    """A font of a page: what its codes mean and how wide they are, for a size of 1 point."""

    name: str
    characters: Mapping[int, str]
    widths: Mapping[int, float]

    def text(self, data: bytes) -> str:
        """Return the text that *data* shows."""
        return "".join(self.characters[code] for code in codes(data))

    def advance(self, data: bytes) -> float:
        """Return how far *data* leads."""
        return sum(self.widths[code] for code in codes(data))

    def width(self, data: bytes) -> float:
        """Return how wide *data* is, spaces at its end left out."""
        seen = list(codes(data))
        while seen and self.characters[seen[-1]] == " ":
            seen.pop()
        return sum(self.widths[code] for code in seen)


def codes(data: bytes) -> tuple[int, ...]:
    """Return the codes in the string *data*, of two bytes each."""
    return struct.unpack(f">{len(data) // 2}H", data)


def words(data: bytes) -> list[str]:
    """Return the words of the PDF *data* in reading order, without artifacts and bullets."""
    contents = groupby(shown(data), lambda item: (item.page, item.element))
    texts = ["".join(item.text for item in items) for (_, element), items in contents if element]
    return [word for text in texts if text != BULLET for word in text.split()]


def shown(data: bytes) -> list[Shown]:
    """Return all texts of the PDF *data* in the order of its pages' contents."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        return [
            item
            for number, page in enumerate(pdf.pages)
            for item in _on_page(number, page, parents[int(page.obj.StructParents)])
        ]


def _on_page(number: int, page: pikepdf.Page, parents: pikepdf.Object) -> Iterator[Shown]:
    """Yield the texts on *page*, whose marked contents belong to *parents*."""
    fonts = {name: _font(font) for name, font in page.resources.Font.items()}
    height = float(page.mediabox[3])
    tag, element, x, y, size, font = "", 0, 0.0, 0.0, 0.0, ""
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC":
                tag, properties = str(operands[0]).lstrip("/"), operands[1]
                element = _element(parents[int(properties.MCID)]) if pikepdf.Name.MCID in properties else 0
            case "EMC":
                tag, element = "", 0
            case "Tf":
                font, size = str(operands[0]), float(operands[1])
            case "Tm":
                x, y = float(operands[4]), height - float(operands[5])
            case "TJ":
                text = b"".join(bytes(part) for part in operands[0] if isinstance(part, pikepdf.String))
                kerns = sum(-float(part) for part in operands[0] if not isinstance(part, pikepdf.String)) / 1000
                width = (fonts[font].width(text) + kerns) * size
                yield Shown(number, tag, element, x, y, fonts[font].text(text), width, fonts[font].name, size)
                x += (fonts[font].advance(text) + kerns) * size


def _element(element: pikepdf.Object) -> int:
    """Return the number of a structure *element*; a link is part of the text around it."""
    number: int = (element.P if str(element.S) == "/Link" else element).objgen[0]
    return number


def kids(element: pikepdf.Object) -> list[pikepdf.Object]:
    """Return what a structure *element* has below it: an array, or the only one."""
    return list(element.K) if isinstance(element.K, pikepdf.Array) else [element.K]


def rules(data: bytes) -> list[Rule]:
    """Return all lines of the PDF *data* in the order of its pages' contents."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        return [rule for number, page in enumerate(pdf.pages) for rule in _ruled(number, page)]


def _ruled(number: int, page: pikepdf.Page) -> Iterator[Rule]:
    """Yield the lines on *page*."""
    height = float(page.mediabox[3])
    tag, x, y, width = "", 0.0, 0.0, 0.0
    color: tuple[float, ...] = ()
    for instruction in pikepdf.parse_content_stream(page):
        operands = instruction.operands
        match str(instruction.operator):
            case "BDC":
                tag = str(operands[0]).lstrip("/")
            case "RG":
                color = tuple(map(float, operands))
            case "w":
                width = float(operands[0])
            case "m":
                x, y = float(operands[0]), height - float(operands[1])
            case "l":
                yield Rule(number, tag, x, y, float(operands[0]) - x, width, color)


def _font(font: pikepdf.Object) -> Font:
    """Return what the *font* of a page says."""
    found = MAPPING.findall(font.ToUnicode.read_bytes())
    characters = {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in found}
    (descendant,) = font.DescendantFonts
    pairs = zip(list(descendant.W)[::2], list(descendant.W)[1::2], strict=True)
    widths = {int(first) + at: float(width) / 1000 for first, run in pairs for at, width in enumerate(run)}
    return Font(str(font.BaseFont), characters, widths)


@dataclass(frozen=True)
class Picture:
    """A picture on a page (counted from 0): points from the left and upper edges, its size, and what it is called."""

    page: int
    tag: str
    x: float
    y: float
    width: float
    height: float
    name: str


def pictures(data: bytes) -> list[Picture]:
    """Return all pictures of the PDF *data* in the order of its pages' contents."""
    found = []
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages):
            tag, box = "", (0.0,) * 6
            for instruction in pikepdf.parse_content_stream(page):
                match str(instruction.operator):
                    case "BDC":
                        tag = str(instruction.operands[0]).lstrip("/")
                    case "cm":
                        box = tuple(float(value) for value in instruction.operands)  # type: ignore[assignment]
                    case "Do":
                        y = float(page.mediabox[3]) - box[5] - box[3]
                        found.append(Picture(number, tag, box[4], y, box[0], box[3], str(instruction.operands[0])))
    return found


@dataclass(frozen=True)
class Stored:
    """A picture as a file holds it: the space of its colors, whether it has a mask, and what it shows."""

    space: str
    masked: bool
    shown: Image


def images(data: bytes) -> list[Stored]:
    """Return the pictures in the file of the PDF *data*, those that are masks of others left out."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        streams = [
            each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        masks = [each.SMask.objgen for each in streams if "/SMask" in each]
        return [
            Stored(str(each.ColorSpace), "/SMask" in each, pikepdf.PdfImage(each).as_pil_image().convert("RGB"))
            for each in streams
            if each.objgen not in masks
        ]


def inks(data: bytes) -> set[str]:
    """Return the colors of the texts of the PDF *data*, as #rrggbb."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        found = [
            [round(float(value) * 255) for value in instruction.operands]
            for page in pdf.pages
            for instruction in pikepdf.parse_content_stream(page)
            if str(instruction.operator) == "rg"
        ]
    return {"#" + bytes(color).hex() for color in found}


def figures(data: bytes) -> list[str]:
    """Return what the figures of the PDF *data* say they show."""
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        elements = [
            each for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and each.get("/S") == "/Figure"
        ]
        return [str(each.Alt) for each in elements]
