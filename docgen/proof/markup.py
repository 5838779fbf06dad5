"""Reads the parts of a Word file text by text: the markup between two texts is the same in many, and parsed once.

What cannot be told this way is Strange, and left to a reader of the whole tree.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from docgen.frozen import NamedTuple, dataclass
from docgen.proof import Strange, story
from docgen.proof.story import CODE_OF, EDGES, FIELD, SIGNS, Edge, Paragraph, Story, W

ENDS, SPACE = b"</w:p>", b" \t\r\n"
BETWEEN = re.compile(r">([^<]+)<")
DECLARATION = re.compile(rb"<\?xml version=(['\"])1\.0\1 encoding=(['\"])UTF-8\2(?: standalone=(['\"])yes\3)?\?>\s*")
TAG = re.compile(r"<(/?)([^\s/<>!?]+)([^<>]*)>")
PICTURE = ' descr="'
DESCRIBED = re.compile(rf'{PICTURE}[^"<>]*"')  # each picture has its own, and it says no word of the text
UNTOLD = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#34|#39);)")
FORBIDDEN = bytes({*range(0x20)} - {*b"\t\n\r"})  # XML 1.0, 2.2
NEVER = re.compile("]]>|[\ufffe\uffff]")  # in text
SHOWN, CODE = 1, 2
SIZE = 4096  # stretches that are kept of a place
PLACES: dict[tuple[str, ...], int] = {(f"{W}r", f"{W}t"): SHOWN, (f"{W}r", f"{W}instrText"): CODE}
HALF = {f"{W}pPr", f"{W}rPr", f"{W}numPr"}  # of which nothing is known before their end

State: TypeAlias = tuple[str, ...]  # the tags that are open


@dataclass(frozen=True, slots=True)
class Step:
    """What a stretch of markup is: the *state* it leads to, what it *shows* itself, and what it tells besides.

    *place* is where the next text stands: SHOWN, CODE or neither.
    """

    state: State
    place: int
    shows: str
    paragraphs: tuple[Paragraph, ...]
    marks: tuple[str, ...]
    codes: tuple[str, ...]
    edges: tuple[Edge, ...]


class Stretch(NamedTuple):
    """What a stretch of a part says: the *place* it leads to, the *text* it shows, and its paragraphs.

    Few *tell* more.
    """

    place: Place
    text: str
    paragraphs: tuple[Paragraph, ...]
    tells: bool
    marks: tuple[str, ...]
    codes: tuple[str, ...]
    edges: tuple[Edge, ...]


class Place(dict[bytes, Stretch]):
    """Where a paragraph ends, and the stretches that follow it up to the end of the next: many files have the same.

    Each is found by its bytes; the *state* is that before the end.
    """

    def __init__(self, state: State) -> None:
        """Begin without any."""
        super().__init__()
        self.state = state

    def __missing__(self, data: bytes) -> Stretch:
        """Return what *data* says here, and keep it."""
        if len(self) >= SIZE:
            self.clear()
        found = self[data] = _stretch(self.state, ENDS + data)
        return found


def read(data: bytes) -> Story:
    """Return what the part *data* says; raises Strange if that cannot be told for sure."""
    first, *others = DECLARATION.sub(b"", data.strip(SPACE), count=1).split(ENDS)
    stretches = [_first(first)]
    place = stretches[0].place
    for other in others:
        stretch = place[other]
        place = stretch.place
        stretches.append(stretch)
    if place.state:
        raise Strange
    telling = [stretch for stretch in stretches if stretch.tells]
    return Story(
        " ".join([stretch.text for stretch in stretches if stretch.text]),
        tuple([each for stretch in stretches for each in stretch.paragraphs]),
        frozenset([each for stretch in telling for each in stretch.marks]),
        tuple([each for stretch in telling for each in stretch.codes]),
        tuple([each for stretch in telling for each in stretch.edges]),
    )


@lru_cache(maxsize=64)
def _first(data: bytes) -> Stretch:
    """Return what *data* says, with which a part begins."""
    return _stretch((), data)


@lru_cache(maxsize=64)
def _place(state: State) -> Place:
    """Return the place with this *state*."""
    return Place(state)


def _stretch(state: State, data: bytes) -> Stretch:
    """Return what *data* says after *state*."""
    parts = BETWEEN.split(_decoded(data))
    texts: list[str] = []
    codes: list[str] = []
    steps: list[Step] = []
    for markup, text in zip(parts[::2], [*parts[1::2], ""], strict=True):
        step = _step(state, DESCRIBED.sub("", markup) if PICTURE in markup else markup)
        state = step.state
        steps.append(step)
        texts.append(step.shows)
        codes += step.codes
        if step.place == SHOWN:
            texts.append(text)
        elif step.place == CODE:
            codes.append(text)
        elif text.strip():
            raise Strange
    shown = "".join(texts)
    if NEVER.search(shown) or any("&" in code or NEVER.search(code) for code in codes):
        raise Strange
    marks = tuple([each for step in steps for each in step.marks])
    edges = tuple([each for step in steps for each in step.edges])
    return Stretch(
        _place(state),
        " ".join((html.unescape(shown) if "&" in shown else shown).split()),
        tuple([each for step in steps for each in step.paragraphs]),
        bool(marks or codes or edges),
        marks,
        tuple(codes),
        edges,
    )


def _decoded(data: bytes) -> str:
    """Return the markup and the text that *data* is; raises Strange if it is neither."""
    try:
        source = data.decode()
    except UnicodeDecodeError as error:
        raise Strange from error
    if data.translate(None, FORBIDDEN) != data or ("&" in source and UNTOLD.search(source)):
        raise Strange
    return source


@lru_cache(maxsize=4096)
def _step(state: State, markup: str) -> Step:
    """Return what *markup* is after *state*; where it was cut its first and last sign are missing."""
    whole = f"{'' if markup.startswith('<') else '<'}{markup}{'' if markup.endswith('>') else '>'}"
    after = _after(state, whole)
    names = tuple(TAG.sub(r"\2", tag) for tag in after)
    try:
        root = etree.fromstring(f"{''.join(state)}{whole}{''.join(f'</{name}>' for name in reversed(names))}")
    except etree.XMLSyntaxError as error:
        raise Strange from error
    elements = [*root.iter()]
    known, new, opened = elements[: len(state)], elements[len(state) :], _opened(root, len(after))
    place = PLACES.get(tuple(opened[-2:]), 0)
    if place == SHOWN and f"{W}p" not in opened:
        raise Strange
    if (
        HALF.intersection(opened)
        or any(map(_is_strange, new))
        or any(each.getparent() in known for each in _halves(new))
    ):
        raise Strange
    paragraphs = tuple(story.paragraph(each) for each in new if each.tag == f"{W}p")
    marks = tuple(each.get(f"{W}name", "") for each in new if each.tag == f"{W}bookmarkStart")
    codes = tuple(each.get(CODE_OF, "") for each in new if each.tag == FIELD)
    edges = tuple(story.edge(each) for each in new if each.tag in EDGES)
    return Step(after, place, "".join(_shown(new)), paragraphs, marks, codes, edges)


def _after(state: State, markup: str) -> State:
    """Return the tags that are open after *markup*; those that declare nothing are kept without what they say."""
    tags = list(state)
    if TAG.sub("", markup):
        raise Strange
    for closes, name, rest in TAG.findall(markup):
        if closes:
            if not tags or not tags[-1].startswith((f"<{name}>", f"<{name} ")):
                raise Strange
            tags.pop()
        elif not rest.endswith("/"):
            tags.append(f"<{name}{rest}>" if "xmlns" in rest else f"<{name}>")
    return tuple(tags)


def _opened(root: etree._Element, depth: int) -> list[str]:
    """Return the names of the elements that are open at the end of *root*, so many as the *depth* is."""
    found, element = [], root
    for _ in range(depth):
        found.append(str(element.tag))
        element = element[-1] if len(element) else element
    return found


def _is_strange(element: etree._Element) -> bool:
    """Return whether *element* hides text, or is a paragraph in another."""
    parent = element.getparent()
    if element.tag == f"{W}vanish":
        return True
    return element.tag == f"{W}p" and parent is not None and next(element.iterancestors(f"{W}p"), None) is not None


def _halves(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield those of *elements* that say how a paragraph or a run is."""
    return (each for each in elements if each.tag in {f"{W}pPr", f"{W}rPr"})


def _shown(elements: list[etree._Element]) -> Iterator[str]:
    """Yield what *elements* show without a text: room between paragraphs, tabs and the ends of lines."""
    for element in elements:
        parent = element.getparent()
        if element.tag == f"{W}p":
            yield " "
        elif parent is not None and parent.tag == f"{W}r":
            yield SIGNS.get(str(element.tag), "")
