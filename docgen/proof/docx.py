"""Reads a Word file back from its parts: the text of its paragraphs, how they are numbered, where references lead."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from lxml import etree

from docgen import proof
from docgen.document import Block, Bullets, Clause, Document
from docgen.frozen import NamedTuple
from docgen.look import Look, template
from docgen.look.stationery import PAGE, PAGES, Furniture
from docgen.problem import Problems
from docgen.proof import markup, said, story, stretches
from docgen.proof.story import EDGES, VALUE, Level, Story, W
from docgen.proof.stretches import Packed

FORM = "Word file"
BODY, STYLES, NUMBERING = "word/document.xml", "word/styles.xml", "word/numbering.xml"
RELATIONS = "word/_rels/document.xml.rels"
PART = re.compile(rf"word/((header|footer)\d*|document|styles|numbering|footnotes)\.xml|{RELATIONS}")
BLANK = re.compile(r"\{\{r?\s*([\w.]+)\s*\}\}")
REFERENCE = re.compile(r"\s*REF (\S+) ")
# The blanks of a house in the order of ours; an owner may have put them in another.
OURS = (
    *("block.text", "item", "fact.label", "fact.value", "label", "value", "cell.text", "total.label", "total.amount"),
    *("block.service", "block.sender", "line", "signatory.party", "signatory.name", "field.text"),
    *("block.words", "block.name", "block.role"),
)
COUNTED = (PAGE, PAGES, "page_of")

Parts: TypeAlias = Mapping[str, etree._Element]


class Place(NamedTuple):
    """A list that a paragraph belongs to, and its level there: 0 for a bullet, or else from 1."""

    list: str
    level: int


class Telling(NamedTuple):
    """What a Word file says: its *body*, its other parts by their names, and what they number and lead to.

    *styles* are the places that paragraphs have by their styles.
    """

    body: Story
    parts: Mapping[str, Story]
    levels: Mapping[Level, Place]
    styles: Mapping[str, Place]
    targets: Mapping[str, str]


def check(data: bytes, document: Document, look: Look) -> None:
    """Raise Problems if the Word file *data* does not say what *document* does, or does not number its clauses.

    What is sound to a reader of stretches is; of all else a reader of trees says what is wrong with it, if anything is.
    """
    if not is_sound(data, document, look):
        for fault in _faults(_fully(read(data)), document, look):
            raise fault


def is_sound(data: bytes, document: Document, look: Look) -> bool:
    """Return whether the Word file *data* is written as ours are and says what *document* does, as *look* wants it."""
    try:
        return not any(_faults(_directly(stretches.members(data, PART)), document, look))
    except (proof.Strange, KeyError):
        return False


def _directly(parts: Mapping[str, Packed]) -> Telling:
    """Return what *parts* say, each told by its bytes; raises Strange if that cannot be."""
    stories = {name: _story(part) for name, part in parts.items() if is_text(name) and name != BODY}
    levels, styles = _listed(parts[STYLES], parts.get(NUMBERING))
    body = markup.read(stretches.unpacked(parts[BODY]))
    return Telling(body, stories, levels, styles, _linked(parts[RELATIONS]))


def _fully(parts: Parts) -> Telling:
    """Return what *parts* say."""
    stories = {name: story.of(root) for name, root in parts.items() if is_text(name)}
    levels = _levels(parts[NUMBERING]) if NUMBERING in parts else {}
    return Telling(stories[BODY], stories, levels, _styles(parts[STYLES], levels), _targets(parts[RELATIONS]))


# What is said by bytes that are the same in many files is told once.
@lru_cache(maxsize=64)
def _story(part: Packed) -> Story:
    """Return what *part* says."""
    return markup.read(stretches.unpacked(part))


@lru_cache(maxsize=16)
def _listed(styles: Packed, numbering: Packed | None) -> tuple[Mapping[Level, Place], Mapping[str, Place]]:
    """Return the places there are in the lists of *numbering*, and those in which *styles* put paragraphs."""
    levels = _levels(_tree(numbering)) if numbering else {}
    return levels, _styles(_tree(styles), levels)


@lru_cache(maxsize=64)
def _linked(part: Packed) -> Mapping[str, str]:
    """Return the names of the parts that the relations in *part* lead to."""
    return _targets(_tree(part))


def _tree(part: Packed) -> etree._Element:
    """Return the tree of *part*; raises Strange if it is none."""
    try:
        return etree.fromstring(stretches.unpacked(part))
    except etree.XMLSyntaxError as error:
        raise proof.Strange from error


def _faults(found: Telling, document: Document, look: Look) -> Iterator[Problems]:
    """Yield what is wrong with a file that says what was *found*, where *document* belongs as *look* wants it."""
    ours = _is_ours(look.template)
    wanted = [each for block in document.blocks for each in said.texts(block, number="")]
    fault = differs(found.body.text, wanted) if ours else lacks(found.body.text, wanted)
    if fault:
        yield fault
    yield from _edge_faults(found, document, look)
    yield from _number_faults(_places(found), document, strictly=ours)
    yield from _reference_faults(found.body)


def differs(text: str, wanted: Iterable[str]) -> Problems | None:
    """Return by what the words of *text* are not those of the texts *wanted*, if they are not."""
    plain = said.plain(wanted)
    try:
        if text != plain:
            proof.compare(FORM, text.split(), plain.split())
    except Problems as problems:
        return problems
    return None


def lacks(text: str, wanted: Iterable[str]) -> Problems | None:
    """Return which of the texts *wanted* does not stand somewhere in *text*, if any."""
    found = squeezed([text])
    lost = next((each for each in wanted if squeezed([each]) not in found), None)
    return None if lost is None else proof.wrong(FORM, f"{proof.shown(lost)} is not in it")


def read(data: bytes) -> Parts:
    """Return the parts of the Word file *data* that are read; raises Problems if it is not whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: etree.fromstring(archive.read(name)) for name in archive.namelist() if PART.fullmatch(name)}
    except (zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise proof.wrong(FORM, f"it is not whole ({error})") from error


def is_text(name: str) -> bool:
    """Return whether the part called *name* holds text."""
    return name not in {STYLES, NUMBERING, RELATIONS}


def squeezed(texts: Iterable[str]) -> str:
    """Return *texts* without the room between their words."""
    return said.plain(texts).replace(" ", "")


@lru_cache(maxsize=8)
def _is_ours(house: bytes) -> bool:
    """Return whether *house* shows what a document says in our order."""
    lines = template.lines(read(house)[BODY])
    return tuple(dict.fromkeys(blank for line in lines for blank in BLANK.findall(line))) == OURS


def _edge_faults(found: Telling, document: Document, look: Look) -> Iterator[Problems]:
    """Yield what the headers and footers that the text *found* refers to do not say of what those of *look* do."""
    house = look.stationery
    first, others = (house.first_header, house.first_footer), (house.header, house.footer)
    wanted = {"first": dict(zip(EDGES, first, strict=True)), "default": dict(zip(EDGES, others, strict=True))}
    for edge in found.body.edges:
        furniture = wanted.get(edge.kind, {}).get(edge.tag, Furniture())
        text = found.parts[found.targets[edge.relation]].text.replace(" ", "")
        for line in _lines(furniture, document):
            if "".join(line.split()) not in text:
                yield proof.wrong(FORM, f"{proof.shown(line)} is not at the edge of its pages")


def _lines(furniture: Furniture, document: Document) -> Iterator[str]:
    """Yield what *furniture* says, word by word and without figures where it counts pages, which Word does anew."""
    counts = any(sign in furniture.source for sign in COUNTED)
    for text in furniture.texts(document):
        yield from (word for word in text.split() if not word.isdigit()) if counts else (text,)


def _places(found: Telling) -> list[Place]:
    """Return the places in Word's own lists that the paragraphs *found* have, by themselves or by their styles."""
    levels, styles = found.levels, found.styles
    places = [levels.get(own) if own else styles.get(style) for style, own in found.body.paragraphs]
    return [place for place in places if place]


def _targets(relations: etree._Element) -> dict[str, str]:
    """Return the names of the parts that *relations* lead to."""
    return {link.get("Id", ""): f"word/{link.get('Target')}" for link in relations}


def _styles(styles: etree._Element, levels: Mapping[Level, Place]) -> dict[str, Place]:
    """Return the places at *levels* of lists in which the *styles* put paragraphs that have none of their own."""
    found = {style.get(f"{W}styleId", ""): style.find(story.NUMBERED) for style in styles.iter(f"{W}style")}
    named = {name: story.level(place) for name, place in found.items() if place is not None}
    return {name: levels[level] for name, level in named.items() if level in levels}


def _levels(numbering: etree._Element) -> dict[Level, Place]:
    """Return the places there are in the lists of *numbering*, by list and level."""
    forms = {each.get(f"{W}abstractNumId"): each for each in numbering.iter(f"{W}abstractNum")}
    found: dict[Level, Place] = {}
    for number in numbering.iter(f"{W}num"):
        link = number.find(f"{W}abstractNumId")
        form = None if link is None else forms.get(link.get(VALUE))
        for level in () if form is None else form.iter(f"{W}lvl"):
            name, sign, depth = number.get(f"{W}numId", ""), level.find(f"{W}numFmt"), level.get(f"{W}ilvl", "0")
            bullet = sign is not None and sign.get(VALUE) == "bullet"
            found[Level(name, depth)] = Place(name, 0 if bullet else int(depth) + 1)
    return found


def _number_faults(places: Sequence[Place], document: Document, *, strictly: bool) -> Iterator[Problems]:
    """Yield how the *places* are not those of the clauses of *document*, in one list, and of its bullets."""
    wanted = list(_wanted(document.blocks))
    lists = {place.list for place in places if place.level}
    found = [place.level for place in places]
    if found != wanted and (strictly or len(found) < len(wanted)):
        numbered = f"{len(found)} of its paragraphs are numbered or in lists as they should"
        yield proof.wrong(FORM, f"{numbered}, not {len(wanted)}")
    if strictly and len(lists) > 1:
        yield proof.wrong(FORM, "the numbers of its clauses begin anew")


def _wanted(blocks: Iterable[Block]) -> Iterator[int]:
    """Yield the levels at which the paragraphs of *blocks* are numbered, 0 for those with a bullet."""
    for block in blocks:
        if isinstance(block, Clause):
            yield block.level
        elif isinstance(block, Bullets):
            yield from [0] * len(block.items)


def _reference_faults(body: Story) -> Iterator[Problems]:
    """Yield which references in *body* lead nowhere, where Word would show an error for the number."""
    for code in body.codes:
        goal = REFERENCE.match(code)
        if goal and goal[1] not in body.marks:
            yield proof.wrong(FORM, f"its reference to {goal[1]} leads nowhere")
