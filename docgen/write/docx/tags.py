"""The tags of docxtpl's in a house, made ready to be filled by Jinja again and again."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from docgen.frozen import dataclass
from docgen.write.docx import runs
from docgen.write.docx.heads import BREAK, END, Element
from docgen.write.docx.piece import BEGIN, BLOCK
from docgen.write.docx.stationery import SENDER

KIND = "_kind"  # of the block a loop is at
MARK = "docgen"  # the attribute that an element has until it is text
MARKED = re.compile(rf'<(w:\w+)((?: [^<>]*?)?) {MARK}="(\w)"')
PROPERTIES = {qn(f"w:{name}") for name in ("pPr", "tcPr", "trPr", "tblPrEx", "tblPr", "tblGrid")}
ONCE = {qn(f"w:{name}") for name in ("sdt", "bookmarkStart", "bookmarkEnd", "proofErr")}
BARE = r"<w:r(?: [^>]*)?>(?:<w:rPr/>|<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
EMPTY = re.compile(rf"<w:r/>|{BARE}(?:<w:t(?: [^>]*)?/>|<w:t(?: [^>]*)?></w:t>)*</w:r>", re.DOTALL)
ONLY_TAGS = re.compile(rf"({BARE}<w:t(?: [^>]*)?>)((?:{{{{.*?}}}}|{{%.*?%}})+)(</w:t></w:r>)", re.DOTALL)


Values = dict[str, object]


class Environment(SandboxedEnvironment):
    """Where a house is filled: a name leads to what a block is made of."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever the values hold
        """Return what *obj* has as its *attribute*."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@dataclass(frozen=True, eq=False)
class Filler:
    """A template that shows what has these *names*; between marks those of each block, if they are shown *apart*.

    Runs are left *empty* where their tags show nothing; there are some whose tags *often* do.
    """

    template: Template
    names: tuple[str, ...]
    apart: bool
    empty: frozenset[str]
    often: bool

    def filled(self, values: Values) -> str:
        """Return the template filled with *values*, without the runs that show nothing."""
        text = self.template.render(values)
        if not self.often and runs.NOTHING not in text:
            return text
        text = text.replace(runs.NOTHING, "")
        for run in self.empty:
            text = text.replace(run, "")
        return text


@cache
def environment() -> Environment:
    """Return where houses are filled; what is shown is escaped by what makes it final."""
    return Environment(undefined=StrictUndefined, finalize=runs.finalized)


@lru_cache(maxsize=64)
def filler(text: str) -> Filler:
    """Return what fills the XML *text*."""
    tree = environment().parse(text)
    loops = [loop for loop in tree.find_all(nodes.For) if loop.iter == nodes.Name("blocks", "load")]
    apart = len(loops) == 1 and _is_apart(loops[0], tree)
    if apart:
        mark = nodes.Output([nodes.TemplateData(BLOCK)])
        tree.body.insert(tree.body.index(loops[0]), mark)
        loops[0].body.append(mark)
    for loop in loops:
        _ask_once(loop)
    tree.set_environment(environment())
    found = ONLY_TAGS.findall(text)
    template = environment().from_string(tree)
    names = tuple(sorted(meta.find_undeclared_variables(tree)))
    empty, often = frozenset(a + b for a, _, b in found), any("{%" in tags for _, tags, _ in found)
    return Filler(template, names, apart, empty, often)


def _is_apart(loop: nodes.For, tree: nodes.Template) -> bool:
    """Return whether the *loop* over the blocks of *tree* shows of each what is its own, in paragraphs of its own."""
    if loop not in tree.body or loop.else_ or loop.test or not isinstance(loop.target, nodes.Name):
        return False
    body = nodes.Template(loop.body)
    body.set_environment(environment())
    if meta.find_undeclared_variables(body) - {loop.target.name}:
        return False
    match tree.body[tree.body.index(loop) + 1 :]:
        case []:
            return True
        case [nodes.Output(nodes=[nodes.TemplateData(data=text), *_]), *_]:
            return str(text).startswith(BEGIN)
    return False


def _ask_once(loop: nodes.For) -> None:
    """Have a *loop* over the blocks ask each for its kind once, and not for every branch there is."""
    if isinstance(loop.target, nodes.Name):
        kind = nodes.Getattr(nodes.Name(loop.target.name, "load"), "kind", "load", lineno=loop.lineno)
        for test in loop.find_all(nodes.Compare):
            if test.expr == kind:
                test.expr = nodes.Name(KIND, "load", lineno=test.lineno)
        loop.body.insert(0, nodes.Assign(nodes.Name(KIND, "store"), kind, lineno=loop.lineno))


def source(element: Element) -> str:
    """Return the XML of *element* with its tags as Jinja knows them, and marks for those of its elements that have one.

    A run that would show nothing is left out.
    """
    text = DocxTemplate(None).patch_xml(etree.tostring(element, encoding="unicode"))
    text = MARKED.sub(r"<?\3?><\1\2", EMPTY.sub("", text)).replace("<?e ?>", END)
    text = text.replace(BREAK, BEGIN + BREAK)
    return text.replace(SENDER, "{{ sender }}")


def bared(body: Element) -> None:
    """Take out of *body* what a loop must not repeat, such as bookmarks, and what stands around its text or unseen."""
    etree.strip_tags(body, etree.Comment, etree.ProcessingInstruction)
    for control in [*body.iter(qn("w:sdt"))]:
        for child in [*control.iterfind(f"{qn('w:sdtContent')}/*")]:
            control.addprevious(child)
    for element in [each for each in body.iter(etree.Element) if each.tag in ONCE or each.tag.endswith("Change")]:
        element.getparent().remove(element)


def mark(body: Element) -> None:
    """Mark the paragraphs and tables of *body*, what is in those, and where the head of each ends."""
    for element in body.iterchildren(qn("w:p"), qn("w:tbl")):
        _mark(element, "b")
        if _is_break(element):
            element.set(MARK, BREAK[2])
        for row in element.iterchildren(qn("w:tr")):
            _mark(row, "r")
            for cell in row.iterchildren(qn("w:tc")):
                _mark(cell, "e")
                for paragraph in cell.iter(qn("w:p")):
                    _mark(paragraph, "e")


def _is_break(element: Element) -> bool:
    """Return whether *element* is a paragraph that is nothing but a page break."""
    turns = element.find(f"{qn('w:r')}/{qn('w:br')}[@{qn('w:type')}='page']") is not None
    return turns and not "".join(element.itertext(qn("w:t")))


def _mark(element: Element, kind: str) -> None:
    """Mark *element* as one of *kind*, and the end of its head."""
    element.set(MARK, kind)
    head = [child for child in element if child.tag in PROPERTIES]
    element.insert(len(head), etree.ProcessingInstruction("e"))
