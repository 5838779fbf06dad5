"""Drawing pages with the operators of PDF."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import count, groupby
from operator import add

from docgen.write.pdf import images
from docgen.write.pdf.glyphs import Glyphs
from docgen.write.pdf.lines import Fonts
from docgen.write.pdf.page import Area, Font, Image, Ink, Item, Modules, Node, Page, Rule, Text

KEPT = 10_000  # texts whose codes are kept
SPACE = " "
DARK = re.compile(b"\x01+")


class Codes(dict[str, str]):
    """What is written for each text in a font: the codes of its characters, with the kerning between them."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Write texts by the codes and kerns of *glyphs*."""
        super().__init__()
        self._codes = {character: f"{code:04x}" for character, code in glyphs.codes.items()}
        self._kerns = glyphs.kerns

    def __missing__(self, text: str) -> str:
        """Return what is written for *text*; as spaces are not kerned, its words stand for themselves."""
        if len(self) >= KEPT:
            self.clear()
        words = text.split(SPACE)
        shown = self._word(text) if len(words) == 1 else self._codes[SPACE].join(map(self.__getitem__, words))
        self[text] = shown
        return shown

    def _word(self, word: str) -> str:
        """Return what is written for *word*."""
        kerns = map(self._kerns.__getitem__, map(add, word, word[1:] + SPACE))
        codes = zip(map(self._codes.__getitem__, word), kerns, strict=True)
        return "".join([f"{code}>{-1000 * kern:g}<" if kern else code for code, kern in codes])


class Pens(dict[Ink, tuple[str, str, Codes]]):
    """What is written before a place and after it to show text in an ink, and the codes of its words."""

    def __init__(self, names: Mapping[Font, str], fonts: Fonts) -> None:
        """Write in *fonts*, which pages know by their *names*."""
        super().__init__()
        self._names = names
        self._fonts = fonts

    def __missing__(self, ink: Ink) -> tuple[str, str, Codes]:
        """Return what is written for *ink*."""
        before = f"BT {_color(ink.color)} rg 1 0 0 1"
        after = f"Tm /{self._names[ink.font]} {ink.size:g} Tf [<"
        found = self[ink] = before, after, _codes(self._fonts.glyphs[ink.font])
        return found


@lru_cache(maxsize=16)
def _codes(glyphs: Glyphs) -> Codes:
    """Return the codes of words in the font of *glyphs*, the same for every document."""
    return Codes(glyphs)


def draw(page: Page, pens: Pens) -> tuple[bytes, list[Node | Area]]:
    """Return the operators that draw *page*, and the nodes of its marked contents in their order, with its areas."""
    operators: list[str] = []
    marked: list[Node | Area] = []
    height, numbers = page.height, count()
    for place, items in groupby(page.items, _place):
        if isinstance(place, Node):
            operators.append(f"/{place.tag} <</MCID {next(numbers)}>> BDC")
            marked.append(place)
        elif isinstance(place, str):
            operators.append(f"/Artifact <</Type /{place}>> BDC")
        else:
            marked.append(place)
            continue
        for item in items:
            if isinstance(item, Text):
                x, y, text, ink, _ = item
                before, after, codes = pens[ink]
                operators += [f"{before} {x:.2f} {height - y:.2f} {after}{codes[text]}>] TJ ET"] if text else []
            elif not isinstance(item, Area):
                operators.append(_drawn(item, height))
        operators.append("EMC")
    return "\n".join(operators).encode("ascii"), marked


def _place(item: Item) -> Node | Area | str:
    """Return the node of *item*, or what kind of artifact it is; an area stands for itself."""
    if isinstance(item, Text):
        return item.node or "Pagination"
    if isinstance(item, Rule):
        return "Layout"
    return item if isinstance(item, Area) else item.node or "Pagination"


def _drawn(item: Rule | Modules | Image, height: float) -> str:
    """Return the operators that draw *item*, which is no text, on a page of *height*."""
    if isinstance(item, Rule):
        return _line(item, height - item.y)
    if isinstance(item, Modules):
        return _squares(item, height - item.y)
    matrix = f"{item.width:.2f} 0 0 {item.height:.2f} {item.x:.2f} {height - item.y - item.height:.2f}"
    return f"q {matrix} cm /{images.name(item.picture)} Do Q"


def _line(rule: Rule, y: float) -> str:
    """Return the operators that draw *rule* at *y*."""
    return f"{_color(rule.color)} RG {rule.width:g} w {rule.x:.2f} {y:.2f} m {rule.x + rule.length:.2f} {y:.2f} l S"


def _squares(modules: Modules, y: float) -> str:
    """Return the operators that fill the dark *modules* below *y*: one path, so that no seam shows between them."""
    found = [f"q 0 g {modules.across:.5f} 0 0 {-modules.down:.5f} {modules.x:.2f} {y:.2f} cm"]
    for number, row in enumerate(modules.rows):
        spans = map(re.Match.span, DARK.finditer(bytes(row)))
        found += [f"{start} {number} {end - start} 1 re" for start, end in spans]
    return "\n".join((*found, "f Q"))


@lru_cache(maxsize=64)
def _color(value: str) -> str:
    """Return the color *value*, #rrggbb, as an operator wants it."""
    return " ".join(f"{part / 255:.4g}" for part in bytes.fromhex(value.removeprefix("#")))
