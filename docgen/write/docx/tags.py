"""The tags of docxtpl's in a house, made ready to be filled by Jinja again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from docgen.write.docx import runs
from docgen.write.docx.heads import END, Element
from docgen.write.docx.stationery import SENDER

MARK = "docgen"  # the attribute that an element has until it is text
MARKED = re.compile(rf'<(w:\w+)((?: [^<>]*?)?) {MARK}="(\w)"')
PROPERTIES = {qn(f"w:{name}") for name in ("pPr", "tcPr", "trPr", "tblPrEx", "tblPr", "tblGrid")}
BARE = r"<w:r(?: [^>]*)?>(?:<w:rPr/>|<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?"
EMPTY = re.compile(rf"<w:r/>|{BARE}(?:<w:t(?: [^>]*)?/>|<w:t(?: [^>]*)?></w:t>)*</w:r>", re.DOTALL)
ONLY_TAGS = re.compile(rf"({BARE}<w:t(?: [^>]*)?>)(?:{{{{.*?}}}}|{{%.*?%}})+(</w:t></w:r>)", re.DOTALL)


class Environment(SandboxedEnvironment):
    """Where a house is filled: a name leads to what a block is made of."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - whatever the values hold
        """Return what *obj* has as its *attribute*."""
        if type(obj) is dict and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


@dataclass(frozen=True, eq=False)
class Filler:
    """A template, and the XML of runs that are left without text where its tags show none."""

    template: Template
    empty: tuple[str, ...]

    def filled(self, values: dict[str, object]) -> str:
        """Return the template filled with *values*, without the runs that show nothing."""
        text = self.template.render(values)
        for run in self.empty:
            text = text.replace(run, "")
        return text


@cache
def environment() -> Environment:
    """Return where houses are filled."""
    return Environment(autoescape=True, undefined=StrictUndefined, finalize=runs.finalized)


def filler(text: str) -> Filler:
    """Return what fills the XML *text*."""
    return Filler(environment().from_string(text), tuple({a + b for a, b in ONLY_TAGS.findall(text)}))


def source(element: Element) -> str:
    """Return the XML of *element* with its tags as Jinja knows them, and marks for those of its elements that have one.

    A run that would show nothing is left out.
    """
    text = DocxTemplate(None).patch_xml(etree.tostring(element, encoding="unicode"))
    text = MARKED.sub(r"<?\3?><\1\2", EMPTY.sub("", text)).replace("<?e ?>", END)
    return text.replace(SENDER, "{{ sender }}")


def mark(body: Element) -> None:
    """Mark the paragraphs and tables of *body*, what is in those, and where the head of each ends."""
    for element in body.iterchildren(qn("w:p"), qn("w:tbl")):
        _mark(element, "b")
        for row in element.iterchildren(qn("w:tr")):
            _mark(row, "r")
            for cell in row.iterchildren(qn("w:tc")):
                _mark(cell, "c")
                for paragraph in cell.iter(qn("w:p")):
                    _mark(paragraph, "p")


def _mark(element: Element, kind: str) -> None:
    """Mark *element* as one of *kind*, and the end of its head."""
    element.set(MARK, kind)
    head = [child for child in element if child.tag in PROPERTIES]
    element.insert(len(head), etree.ProcessingInstruction("e"))
