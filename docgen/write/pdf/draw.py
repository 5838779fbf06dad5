"""Drawing pages with the operators of PDF."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate, count, groupby
from operator import add, itemgetter

from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from docgen.write.pdf import images
from docgen.write.pdf.lines import Glyphs
from docgen.write.pdf.page import Area, Font, Image, Item, Modules, Node, Page, Rule, Text


def draw(
    pages: Sequence[Page], used: Mapping[Font, set[str]], fonts: Mapping[Font, TTFont], glyphs: Mapping[Font, Glyphs]
) -> tuple[bytes, list[list[Node | Area]]]:
    """Return *pages* drawn, and for each the nodes of its marked contents in their order, with its areas."""
    file = io.BytesIO()
    first = fonts[next(iter(used))].fontName  # else reportlab begins with a Helvetica that it does not embed
    canvas = Canvas(file, initialFontName=first, pageCompression=0, invariant=1)  # type: ignore[arg-type]
    pens = {name: Pen(fonts[name], glyphs[name].kerns, characters, canvas) for name, characters in used.items()}
    marked = []
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        operators, nodes = _page(page, pens)
        canvas.addLiteral("\n".join(operators))
        canvas.showPage()
        marked.append(nodes)
    canvas.save()
    return file.getvalue(), marked


class Codes(dict[str, str]):
    """What is written for the first character of a pair: its code, and its kerning with the second if there is any."""

    def __init__(self, codes: Mapping[str, str], kerns: Mapping[str, float]) -> None:
        """Write characters by their *codes*, pairs of them kerned by *kerns*."""
        super().__init__()
        self._codes = codes
        self._kerns = kerns

    def __missing__(self, pair: str) -> str:
        """Return what is written for the first of *pair*."""
        code, kern = self._codes[pair[0]], self._kerns[pair]
        found = self[pair] = f"{code}>{-1000 * kern:g}<" if kern else code
        return found


class Pen:
    """A font in a file being drawn, with the codes that its characters have there."""

    def __init__(self, font: TTFont, kerns: Mapping[str, float], characters: set[str], canvas: Canvas) -> None:
        """Give *characters* of *font*, which are kerned by *kerns*, their codes in the file of *canvas*."""
        file = canvas._doc  # type: ignore[attr-defined]  # noqa: SLF001 - codes are counted by file
        parts = font.splitString("".join(sorted(characters)), file)
        codes = [(font.getSubsetInternalName(subset, file), f"{code:02x}") for subset, part in parts for code in part]
        self._subsets = {character: name for character, (name, _) in zip(sorted(characters), codes, strict=True)}
        self._names = set(self._subsets.values())
        self._codes = Codes({character: code for character, (_, code) in zip(self._subsets, codes, strict=True)}, kerns)

    def shown(self, text: str, size: float) -> str:
        """Return the operators that show *text* in *size*, a new one where it goes on in another subset of the font."""
        codes = map(self._codes.__getitem__, map(add, text, text[1:] + " "))
        if len(self._names) == 1:
            (name,) = self._names
            return f"{name} {size:g} Tf [<{''.join(codes)}>] TJ"
        runs = groupby(zip(map(self._subsets.__getitem__, text), codes, strict=True), itemgetter(0))
        return " ".join(f"{name} {size:g} Tf [<{''.join(code for _, code in run)}>] TJ" for name, run in runs)


def _page(page: Page, pens: Mapping[Font, Pen]) -> tuple[list[str], list[Node | Area]]:
    """Return the operators that draw *page*, and the nodes of its marked contents in their order, with its areas."""
    operators: list[str] = []
    marked: list[Node | Area] = []
    numbers = count()
    for place, items in groupby(page.items, _place):
        if isinstance(place, Area):
            marked.append(place)
            continue
        if isinstance(place, Node):
            operators.append(f"/{place.tag} <</MCID {next(numbers)}>> BDC")
            marked.append(place)
        else:
            operators.append(f"/Artifact <</Type /{place}>> BDC")
        operators += [_drawn(item, page.height, pens) for item in items if not isinstance(item, Area)]
        operators.append("EMC")
    return operators, marked


def _place(item: Item) -> Node | Area | str:
    """Return the node of *item*, or what kind of artifact it is; an area stands for itself."""
    match item:
        case Text() | Modules() | Image():
            return item.node or "Pagination"
        case Rule():
            return "Layout"
        case Area():
            return item


def _drawn(item: Text | Rule | Modules | Image, height: float, pens: Mapping[Font, Pen]) -> str:
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
    found = [f"q 0 g {item.across:.5f} 0 0 {-item.down:.5f} {item.x:.2f} {height - item.y:.2f} cm"]
    for y, row in enumerate(item.rows):
        runs = [(dark, len(list(modules))) for dark, modules in groupby(row)]
        starts = accumulate((width for _, width in runs), initial=0)
        found += [f"{x} {y} {width} 1 re" for x, (dark, width) in zip(starts, runs, strict=False) if dark]
    return "\n".join((*found, "f Q"))


@lru_cache(maxsize=64)
def _color(value: str) -> str:
    """Return the color *value*, #rrggbb, as an operator wants it."""
    return " ".join(f"{part / 255:.4g}" for part in bytes.fromhex(value.removeprefix("#")))
