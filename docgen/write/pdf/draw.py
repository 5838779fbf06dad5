"""Drawing pages with the operators of PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, groupby

from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from docgen.write.pdf import images
from docgen.write.pdf.page import Font, Image, Item, Modules, Node, Page, Rule


def draw(
    pages: Sequence[Page], used: Mapping[Font, set[str]], fonts: Mapping[Font, TTFont]
) -> tuple[bytes, list[list[Node]]]:
    """Return *pages* drawn, and for each the nodes of its marked contents in their order."""
    file = io.BytesIO()
    first = fonts[next(iter(used))].fontName  # else reportlab begins with a Helvetica that it does not embed
    canvas = Canvas(file, initialFontName=first, pageCompression=0, invariant=1)  # type: ignore[arg-type]
    pens = {name: Pen(fonts[name], characters, canvas) for name, characters in used.items()}
    marked = []
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        operators, nodes = _page(page, pens)
        canvas.addLiteral("\n".join(operators))
        canvas.showPage()
        marked.append(nodes)
    canvas.save()
    return file.getvalue(), marked


class Pen:
    """A font in a file being drawn, with the codes that its characters have there."""

    def __init__(self, font: TTFont, characters: set[str], canvas: Canvas) -> None:
        """Give *characters* of *font* their codes in the file of *canvas*."""
        self._font = font
        self._file = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - codes are counted by file
        ordered = "".join(sorted(characters))
        parts = font.splitString(ordered, self._file)
        self._subsets = {subset: font.getSubsetInternalName(subset, self._file) for subset, _ in parts}
        codes = zip(ordered, b"".join(part for _, part in parts), strict=True)
        self._table = str.maketrans(dict(codes)) if len(self._subsets) == 1 else None

    def shown(self, text: str, size: float) -> str:
        """Return the operators that show *text* in *size*."""
        if self._table is not None:
            (name,) = self._subsets.values()
            return f"{name} {size:g} Tf <{text.translate(self._table).encode('latin-1').hex()}> Tj"
        parts = self._font.splitString(text, self._file)
        return " ".join(f"{self._subsets[subset]} {size:g} Tf <{codes.hex()}> Tj" for subset, codes in parts)


def _page(page: Page, pens: Mapping[Font, Pen]) -> tuple[list[str], list[Node]]:
    """Return the operators that draw *page*, and the nodes of its marked contents in their order."""
    operators: list[str] = []
    marked: list[Node] = []
    for place, items in groupby(page.items, _place):
        if isinstance(place, Node):
            operators.append(f"/{place.tag} <</MCID {len(marked)}>> BDC")
            marked.append(place)
        else:
            operators.append(f"/Artifact <</Type /{place}>> BDC")
        operators += [_drawn(item, page.height, pens) for item in items]
        operators.append("EMC")
    return operators, marked


def _place(item: Item) -> Node | str:
    """Return the node of *item*, or what kind of artifact it is."""
    if isinstance(item, Rule):
        return "Layout"
    return item.node or "Pagination"


def _drawn(item: Item, height: float, pens: Mapping[Font, Pen]) -> str:
    """Return the operators that draw *item* on a page of *height*."""
    if isinstance(item, Modules):
        return _squares(item, height)
    x, y = item.x, height - item.y
    if isinstance(item, Rule):
        return f"{_color(item.color)} RG {item.width:g} w {x:.2f} {y:.2f} m {x + item.length:.2f} {y:.2f} l S"
    if isinstance(item, Image):
        matrix = f"{item.width:.2f} 0 0 {item.height:.2f} {x:.2f} {y - item.height:.2f}"
        return f"q {matrix} cm /{images.name(item.picture)} Do Q"
    if not item.text:
        return ""
    shown = pens[item.ink.font].shown(item.text, item.ink.size)
    return f"BT {_color(item.ink.color)} rg 1 0 0 1 {x:.2f} {y:.2f} Tm {shown} ET"


def _squares(item: Modules, height: float) -> str:
    """Return the operators that fill the dark modules of *item*: one path, so that no seam shows between them."""
    found = [f"q 0 g {item.size:.5f} 0 0 {-item.size:.5f} {item.x:.2f} {height - item.y:.2f} cm"]
    for y, row in enumerate(item.rows):
        runs = [(dark, len(list(modules))) for dark, modules in groupby(row)]
        starts = accumulate((width for _, width in runs), initial=0)
        found += [f"{x} {y} {width} 1 re" for x, (dark, width) in zip(starts, runs, strict=False) if dark]
    return "\n".join((*found, "f Q"))


@lru_cache(maxsize=64)
def _color(value: str) -> str:
    """Return the color *value*, #rrggbb, as an operator wants it."""
    return " ".join(f"{part / 255:.4g}" for part in bytes.fromhex(value.removeprefix("#")))
