"""Setting blocks: each becomes the strips that show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from docgen.document import (
    BEFORE_SUMMARY,
    Address,
    Block,
    Break,
    Bullets,
    Clause,
    Closing,
    Fact,
    Facts,
    Heading,
    Inlines,
    Lines,
    Pairs,
    Paragraph,
    Role,
    Signatory,
    Signatures,
    Table,
    Title,
)
from docgen.look.style import SUMMARY, Style
from docgen.write.pdf import code
from docgen.write.pdf.lines import Span, clean, ink, spans
from docgen.write.pdf.page import MM, Field, Node, Rule
from docgen.write.pdf.strips import Frame, Setting, Strip, abreast, bind, paragraph, spaced
from docgen.write.pdf.table import table

LABELS = 38 * MM  # the width of the labels of pairs
CLOSING_ROOM = 12 * MM
SIGNING_ROOM = 15 * MM
FIELD_ROOM = 7.0  # more above a line to write a date on
GUTTER = 8 * MM
FACTS_BEFORE, FACTS_AFTER = 10.0, 14.0
PAIRS_AFTER = 8.0
SIGNATURES_BEFORE = 14.0
ABREAST = 2  # signatories
SIGNED = 4  # paragraphs that stay with signatures: what is said of them, its heading, the end of what is agreed
INTRODUCED = (Table, Pairs, Bullets, Lines)
ITEM = 3  # the level of a list in a clause
NUMBERING = {"decimal": "Decimal", "lowerLetter": "LowerAlpha", "upperLetter": "UpperAlpha", "bullet": "Disc"}
NUMBERING |= {"lowerRoman": "LowerRoman", "upperRoman": "UpperRoman"}


class Flow:
    """The strips of blocks one after the other, with the lists of clauses that are open."""

    def __init__(self, setting: Setting, root: Node, heading: str, *, clauses: bool) -> None:
        """Begin a flow below *root*, whose headings have the tag *heading*; *clauses* says whether it has any."""
        self.strips: list[Strip] = []
        self._clauses = clauses
        self._listed = False
        self._setting = setting
        self._root = root
        self._heading = heading
        self._lists: dict[int, Node] = {}
        self._bodies: dict[int, Node] = {}
        self._ends: list[int] = []  # how many strips there were after each paragraph or table

    def add(self, block: Block) -> None:  # noqa: C901, PLR0912 - a branch for each kind of block
        """Add *block*."""
        if not isinstance(block, Clause):
            self._lists.clear()
            self._bodies.clear()
        begins_list = isinstance(block, Clause) and block.level == ITEM and ITEM not in self._lists
        if isinstance(block, INTRODUCED) or begins_list:
            bind(self.strips, 1)  # what introduces a table, a list or room to write stays with it
        match block:
            case Title():
                self._title(block)
            case Heading():
                node = Node(self._heading, self._root, entry=self._entry(block.text))
                self.strips += self._setting.plain(block.text, "Heading 1", node)
            case Paragraph():
                self._paragraph(block)
            case Clause():
                self._clause(block)
            case Bullets():
                self._bullets(block)
            case Facts():
                self.strips += facts(block, self._root, self._setting)
            case Pairs():
                self.strips += pairs(block, self._root, self._setting)
            case Table():
                self.strips += table(block, self._root, self._setting)
            case Signatures():
                bind(self.strips, 2)
                self._bind_ends(self._ends[-SIGNED:])
                self.strips += signatures(block, self._root, self._setting)
            case Closing():
                bind(self.strips, 2)
                self.strips += closing(block, self._root, self._setting)
            case Lines():
                for line in blank_lines(block, self._setting):
                    self.strips.append(line)
                    self._ends.append(len(self.strips))
            case Address() | Break():
                raise AssertionError(f"{block} begins a page")
            case _:
                assert_never(block)
        if self._ends[-1:] != [len(self.strips)]:
            self._ends.append(len(self.strips))

    def end(self) -> None:
        """Keep what the document ends with on the page of what is above: no line is worth a page of its own."""
        self._bind_ends(self._ends[-2:-1])

    def _bind_ends(self, ends: Iterable[int]) -> None:
        """Keep what *ends* stand behind on the page of what follows."""
        for end in filter(None, ends):
            self.strips[end - 1] = self.strips[end - 1]._replace(bound=True)

    def _entry(self, text: str) -> str:
        """Return the outline's line for the headline *text*: it lists a page's first, and all of a contract."""
        listed, self._listed = self._listed, True
        return "" if listed and not self._clauses else " ".join(clean(text).split())

    def _title(self, block: Title) -> None:
        """Add a title with the line under it; the outline of a contract begins with its clauses."""
        node = Node("H1", self._root, entry="" if self._clauses else self._entry(block.text))
        self.strips += self._setting.plain(block.text, "Title", node)
        if block.subtitle:
            self._ends.append(len(self.strips))
            self.strips += self._setting.plain(block.subtitle, "Subtitle", Node("P", self._root))

    def _paragraph(self, block: Paragraph) -> None:
        """Add a paragraph; what a letter is about is its title, and a note is never alone on a page."""
        if block.role is Role.NOTE:
            bind(self.strips, 1)
        node = Node("P", self._root)
        if block.role is Role.SUBJECT:
            node = Node("H1", self._root, entry=self._entry(words(block.inlines)))
        manner = self._setting.manner(block.role.value)
        text = spans(block.inlines, manner.style, self._setting.goals)
        self.strips += paragraph(text, manner, node, self._setting.frame, self._setting.fonts)

    def _clause(self, block: Clause) -> None:
        """Add a clause: its title is a heading, what is below it an item of a list."""
        name = f"Clause {block.level}"
        text = spans(block.inlines, self._setting.style(name), self._setting.goals)
        if block.level == 1:
            self._lists.clear()
            self._bodies.clear()
            entry = self._entry(f"{block.number} {words(block.inlines)}")
            title = Node(self._heading, self._root, anchor=block.id, entry=entry)
            self.strips += self._setting.hung(self._summed(text, block), name, f"{block.number} ", title, title)
        else:
            label, body = self._item(block)
            self.strips += self._setting.hung(text, name, block.number, label, body)

    def _summed(self, text: tuple[Span, ...], block: Clause) -> tuple[Span, ...]:
        """Return the title *text* of *block*, followed by what sums it up."""
        if not block.summary:
            return text
        return *text, Span(BEFORE_SUMMARY, text[-1].ink), Span(block.summary, ink(self._setting.style(SUMMARY)))

    def _item(self, block: Clause) -> tuple[Node, Node]:
        """Return label and body of *block* as an item in the list of its level, which is begun if there is none."""
        level = block.level
        if level not in self._lists:
            form = self._setting.look.levels.get(f"Clause {level}")
            numbering = NUMBERING.get(form.format if form else "", "None")
            self._lists[level] = Node("L", self._bodies.get(level - 1, self._root), numbering=numbering)
        self._lists = {depth: node for depth, node in self._lists.items() if depth <= level}
        item = Node("LI", self._lists[level])
        self._bodies[level] = Node("LBody", item)
        return Node("Lbl", item, anchor=block.id), self._bodies[level]

    def _bullets(self, block: Bullets) -> None:
        """Add a list without numbers."""
        node = Node("L", self._root, numbering="Disc")
        for inlines in block.items:
            item = Node("LI", node)
            text = spans(inlines, self._setting.style("List Bullet"), self._setting.goals)
            self.strips += self._setting.hung(text, "List Bullet", "•", Node("Lbl", item), Node("LBody", item))
            self._ends.append(len(self.strips))


def facts(block: Facts, root: Node, setting: Setting) -> list[Strip]:
    """Return facts side by side, their values on one baseline."""
    node = Node("Div", root)
    styles = [fact_style(fact, setting) for fact in block.items]
    baselines = [setting.fonts.baseline(ink(style), style.leading) for style in styles]
    stacks = []
    for fact, style, baseline, frame in zip(
        block.items, styles, baselines, columns(setting.frame, [fact.share for fact in block.items]), strict=True
    ):
        pair = Node("Div", node)
        label = setting.plain(fact.label, "Fact Label", Node("P", pair), frame)
        value = setting.plain(fact.value, style, Node("P", pair), frame)
        stacks.append([*label, value[0]._replace(before=max(baselines) - baseline), *value[1:]])
    return apart(abreast(stacks, setting.limit), FACTS_BEFORE, FACTS_AFTER)


def fact_style(fact: Fact, setting: Setting) -> Style:
    """Return what the value of *fact* is set in."""
    style = setting.style("Fact Value Strong" if fact.strong else "Fact Value")
    return replace(style, bold=style.bold or fact.bold)


def pairs(block: Pairs, root: Node, setting: Setting) -> list[Strip]:
    """Return labels with their values beside them, and beside these their code if they have one."""
    node = Node("Table", root)
    taken = code.dark(block.code) + GUTTER if block.code else 0
    label_frame = Frame(setting.frame.x, LABELS - GUTTER / 2)
    value_frame = setting.frame.inset(LABELS, taken)
    strips: list[Strip] = []
    for label, value in block.rows:
        row = Node("TR", node)
        head = setting.plain(label, "Pair Label", Node("TH", row, scope="Row"), label_frame)
        cell = setting.plain(value, "Pair Value", Node("TD", row), value_frame)
        strips += abreast([head, cell], setting.limit)
    bind(strips, len(strips))
    if block.code:
        strips = abreast([strips, code.code(block.code, root, setting)], setting.limit)
    return apart(strips, 0, PAIRS_AFTER)


def closing(block: Closing, root: Node, setting: Setting) -> list[Strip]:
    """Return the end of a letter, all on one page."""
    strips = setting.plain(block.words, "Closing", Node("P", root))
    strips.append(Strip(CLOSING_ROOM))
    strips += setting.plain(block.name, "Signature Name", Node("P", root))
    if block.role:
        strips += setting.plain(block.role, "Signature Role", Node("P", root))
    bind(strips, len(strips))
    return apart(strips, strips[0].before, strips[-1].after)


def signatures(block: Signatures, root: Node, setting: Setting) -> list[Strip]:
    """Return the places to sign, two abreast and all on one page."""
    node = Node("Div", root)
    frames = columns(setting.frame, [1.0] * ABREAST)
    strips: list[Strip] = []
    for start in range(0, len(block.signatories), ABREAST):
        beside = zip(block.signatories[start : start + ABREAST], frames, strict=False)
        stacks = [signatory(party, Node("Div", node), frame, setting) for party, frame in beside]
        strips += [strip._replace(before=SIGNATURES_BEFORE) for strip in abreast(stacks, setting.limit)]
    bind(strips, len(strips))
    return apart(strips, SIGNATURES_BEFORE, 0)


def signatory(party: Signatory, node: Node, frame: Frame, setting: Setting) -> list[Strip]:
    """Return one party's place to sign: room and a line, then the name and what else is to be filled in."""
    color = ink(setting.style("Signature Name")).color
    strips = setting.plain(party.party, "Signature Label", Node("P", node), frame)
    field = Field(frame.x, 0, frame.width, SIGNING_ROOM, Node("Form", node), f"{party.party}: {party.name}")
    strips.append(Strip(SIGNING_ROOM, (field, Rule(frame.x, SIGNING_ROOM, frame.width, 0.5, color)), after=2))
    strips += setting.plain(party.name, "Signature Name", Node("P", node), frame)
    if party.role:
        strips += setting.plain(party.role, "Signature Role", Node("P", node), frame)
    for label in party.fields:
        strips += written(label, node, frame, setting)
    return strips


def written(label: str, node: Node, frame: Frame, setting: Setting) -> list[Strip]:
    """Return a *label* with a line to write on."""
    strips = setting.plain(label, "Signature Role", Node("P", node), frame)
    style = setting.style("Signature Role")
    start = frame.x + setting.fonts.width(label, ink(style)) + setting.fonts.space(ink(style))
    y = setting.fonts.baseline(ink(style), style.leading) + 1.5
    rule = Rule(start, y, frame.x + frame.width - start, 0.5, ink(setting.style("Signature Name")).color)
    strips[-1] = strips[-1]._replace(items=(*strips[-1].items, rule))
    return apart(strips, FIELD_ROOM, 0)


def blank_lines(block: Lines, setting: Setting) -> list[Strip]:
    """Return lines to write on, each a strip, so that a page may end after any of them."""
    style = setting.style("Writing Line")
    frame = setting.frame.inset(style.left, style.right)
    line = style.border_bottom
    strip = Strip(style.leading)
    if line is not None:
        rule = Rule(frame.x, style.leading + line.width / 2, frame.width, line.width, line.color)
        strip = Strip(style.leading + line.width, (rule,))
    strips = [strip] * block.count
    return apart(strips, style.before, style.after) if strips else []


def columns(frame: Frame, shares: Sequence[float]) -> list[Frame]:
    """Return *frame* divided into columns by *shares*, a gutter between them."""
    width = (frame.width - GUTTER * (len(shares) - 1)) / sum(shares)
    starts = [frame.x + sum(shares[:index]) * width + index * GUTTER for index in range(len(shares))]
    return [Frame(start, share * width) for start, share in zip(starts, shares, strict=True)]


def words(inlines: Inlines) -> str:
    """Return the text of *inlines*."""
    return "".join(inline.text for inline in inlines)


def apart(strips: list[Strip], before: float, after: float) -> list[Strip]:
    """Return *strips* with room around them, the last not bound to what follows."""
    strips[-1] = strips[-1]._replace(bound=False)
    return spaced(strips, before, after)


def heading_tag(blocks: Iterable[Block]) -> str:
    """Return the tag of headings: below the title's, or the first where the blocks have no title before them."""
    for block in blocks:
        if isinstance(block, Title) or (isinstance(block, Paragraph) and block.role is Role.SUBJECT):
            return "H2"
        if isinstance(block, Heading | Clause):
            return "H1"
    return "H1"
