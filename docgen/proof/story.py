"""What a part of a Word file says, and what of it numbers and leads: what its readers find, whichever way they read."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from docgen.frozen import NamedTuple, dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
VALUE = f"{W}val"
HIDDEN = f"{W}rPr/{W}vanish"
STYLE, NUMBERED = f"{W}pPr/{W}pStyle", f"{W}pPr/{W}numPr"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
EDGES = (f"{W}headerReference", f"{W}footerReference")
FIELD, CODE_OF = f"{W}fldSimple", f"{W}instr"
SIGNS = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " "}


class Level(NamedTuple):
    """A list and a level of it, by the names that Word knows them by."""

    list: str
    level: str


class Paragraph(NamedTuple):
    """The style of a paragraph, and its own place in a list if it has one."""

    style: str
    own: Level | None


class Edge(NamedTuple):
    """A header or a footer that a text refers to: which of the two, for which pages, and the name of its relation."""

    tag: str
    kind: str
    relation: str


@dataclass(frozen=True, slots=True)
class Story:
    """What a part says: its *text*, word by word with a space between two, as there is between two paragraphs.

    *marks* are the names of what can be referred to, *codes* the instructions of its fields.
    """

    text: str
    paragraphs: tuple[Paragraph, ...]
    marks: frozenset[str]
    codes: tuple[str, ...]
    edges: tuple[Edge, ...]


def of(root: etree._Element) -> Story:
    """Return what the part *root* says."""
    paragraphs = [*root.iter(f"{W}p")]
    return Story(
        " ".join(" ".join(map(text, paragraphs)).split()),
        tuple(map(paragraph, paragraphs)),
        frozenset(mark.get(f"{W}name", "") for mark in root.iter(f"{W}bookmarkStart")),
        tuple(code.get(CODE_OF, code.text or "") for code in root.iter(f"{W}instrText", FIELD)),
        tuple(map(edge, root.iter(*EDGES))),
    )


def text(element: etree._Element) -> str:
    """Return the text of the paragraph *element*, its fields as they are shown, and nothing that is hidden."""
    return "".join(_signs(element))


def _signs(element: etree._Element) -> Iterator[str]:
    """Yield what the paragraph *element* shows."""
    for run in element.iter(f"{W}r"):
        if run.find(HIDDEN) is None:
            for sign in run:
                yield (sign.text or "") if sign.tag == f"{W}t" else SIGNS.get(str(sign.tag), "")


def paragraph(element: etree._Element) -> Paragraph:
    """Return how the paragraph *element* is numbered."""
    style, own = element.find(STYLE), element.find(NUMBERED)
    return Paragraph("" if style is None else style.get(VALUE, ""), None if own is None else level(own))


def level(element: etree._Element) -> Level:
    """Return the list and the level that a ``w:numPr`` names."""
    number, depth = element.find(f"{W}numId"), element.find(f"{W}ilvl")
    return Level("" if number is None else number.get(VALUE, ""), "0" if depth is None else depth.get(VALUE, "0"))


def edge(element: etree._Element) -> Edge:
    """Return the reference to a header or a footer that *element* is."""
    return Edge(str(element.tag), element.get(f"{W}type", ""), element.get(RELATION, ""))
