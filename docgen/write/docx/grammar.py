"""Reads what a template of the owner's asks for, and says everything that cannot be filled before it is filled."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from jinja2 import Environment, TemplateError, TemplateSyntaxError, nodes
from lxml import etree

from docgen.look.template import ALLOWED, DEEPEST, FILTERS, TAG, TORN, nested
from docgen.problem import meant

Element: TypeAlias = Any
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The parts whose text is filled, by their roots, and what a paragraph of theirs is called.
FILLED = {
    "document": "paragraph {}",
    "hdr": "paragraph {} of the header",
    "ftr": "paragraph {} of the footer",
    "footnotes": "paragraph {} of the footnotes",
}
FIRST = 40  # characters of a paragraph that a message shows
SINGLE = re.compile(r"(?<![{\\])\{([a-z][\w-]*(?:\.[\w-]+)+)\}(?!\})")
RICH = re.compile(r"\{\{(?:r|p|tr|tc)\s+(.*?)\s*\}\}")
PRINTED = re.compile(r"\{\{.*?\}\}")
STRAIGHT = {0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"}  # the quotes that Word makes of those typed
UNKNOWN = None  # of what is not known until the template is filled


@dataclass(slots=True)
class Part:
    """A part of a template whose text is filled; *problems* are added to as it is read."""

    root: Element
    environment: Environment
    given: Mapping[str, object]
    problems: list[str] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        """Return the text of each paragraph."""
        return ["".join(text.text or "" for text in one.iter(f"{W}t")) for one in self.root.iter(f"{W}p")]

    def place(self, number: int) -> str:
        """Return how a person finds the paragraph *number*: by counting, and by its first words."""
        text = self.paragraphs[number - 1].strip()
        words = text if len(text) <= FIRST else f"{text[:FIRST].rstrip()}…"
        return f"{FILLED[etree.QName(self.root).localname].format(number)} (“{words}”)"

    def line(self, source: str, number: int) -> str:
        """Return the place of a line of *source*, in which each paragraph begins one."""
        shown = re.sub("<[^>]*>", "", source.split("\n")[number - 1]).strip() if number else ""
        texts = [re.sub(r"(?<=\{[{%])(p|tr|tc|r) ", " ", text).strip() for text in self.paragraphs]
        near = (place for place, text in enumerate(texts, 1) if text and (text in shown or shown in text))
        found = next(near, 0) if shown else 0
        return self.place(found) if found else FILLED[etree.QName(self.root).localname].replace(" {}", "s")

    def check(self, patch: Callable[[str], str]) -> list[str]:
        """Return what cannot be filled in this part, whose XML is made a template's source by *patch*."""
        torn = [number for number, text in enumerate(self.paragraphs, 1) if TORN.search(TAG.sub("", text))]
        if torn:
            return [f"{self.place(number)}: it cannot be read, as a tag in it is not closed" for number in torn]
        self.problems += self._typing()
        source = re.sub(r"<w:p([ >])", r"\n<w:p\1", patch(body(self.root)))
        try:
            tree = self.environment.parse(source)
        except TemplateSyntaxError as error:
            return self.problems or [f"{self.line(source, error.lineno)}: it cannot be read ({error.message})"]
        self._visit(tree, {**self.given}, source)
        if nested(tree) > DEEPEST:
            self.problems.append(f"{DEEPEST} loops in each other are the most")
        return self.problems

    def without(self, blank: str) -> Iterator[str]:
        """Yield where *blank*, which has no value, is printed."""
        message = (
            f"nothing is given for {{{{ {blank} }}}}; fill it in, or print it within {{% if {blank} %}}…{{% endif %}}"
        )
        yield from (f"{self.place(number)}: {message}" for number in self._with(blank))

    def _with(self, name: str) -> list[int]:
        """Return the numbers of the paragraphs with *name* in them."""
        pattern = re.compile(rf"(?<![\w.]){re.escape(name)}(?!\w)")
        return [number for number, text in enumerate(self.paragraphs, 1) if pattern.search(text)]

    def _typing(self) -> Iterator[str]:
        """Yield what is wrong with the braces of single paragraphs."""
        for number, text in enumerate(self.paragraphs, 1):
            for found in SINGLE.finditer(text):
                name = found[1].replace("-", "_")
                yield f"{self.place(number)}: {found[0]} needs two braces in a Word template: {{{{ {name} }}}}"
            for found in RICH.finditer(text):
                yield f"{self.place(number)}: {found[0]} needs no letter before it: {{{{ {found[1]} }}}}"
            for found in PRINTED.finditer(RICH.sub("", text)):
                try:
                    self.environment.parse(found[0].translate(STRAIGHT))
                except TemplateError as error:
                    yield f"{self.place(number)}: {found[0]} cannot be read ({error.message})"

    def _visit(self, node: nodes.Node, scope: Mapping[str, object], source: str) -> None:
        """Report what in *node* is not allowed, or not known in *scope*."""
        if not isinstance(node, ALLOWED):
            what = type(node).__name__.lower()
            self._report(node, source, f"a template fills blanks, chooses and repeats; it cannot do this ({what})")
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            self._report(node, source, f"there is no filter `{node.name}`; there are {', '.join(FILTERS)}")
        elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name) and not node.recursive:
            self._visit(node.iter, scope, source)
            inner = {**scope, node.target.name: sample(value_of(node.iter, scope)), "loop": UNKNOWN}
            for child in (*node.body, *node.else_, *filter(None, [node.test])):
                self._visit(child, inner, source)
        elif isinstance(node, nodes.For):
            self._report(node, source, "a loop is written {% for row in … %}")
        elif isinstance(node, nodes.Name | nodes.Getattr):
            self._name(node, scope, source)
        else:
            for child in node.iter_child_nodes():
                self._visit(child, scope, source)

    def _name(self, node: nodes.Name | nodes.Getattr, scope: Mapping[str, object], source: str) -> None:
        """Report the name *node* if nothing in *scope* has it."""
        if isinstance(node, nodes.Getattr):
            before = len(self.problems)
            self._visit(node.node, scope, source)
            known = value_of(node.node, scope)
            if len(self.problems) > before or known is UNKNOWN:
                return
            name, names = node.attr, [*known] if isinstance(known, Mapping) else []
            spelt = dotted(node.node)
        else:
            name, names, spelt = node.name, [*scope], ""
        if name in names and not name.startswith("_"):
            return
        every = [f"{spelt}.{one}" for one in names] if spelt else [*names]
        wrong = f"{spelt}.{name}" if spelt else self._whole(name)
        near = meant(wrong, every if spelt else [*every, *all_names(scope)])
        hint = f"did you mean {{{{ {near} }}}}?" if near else f"there are {', '.join(sorted(every))}"
        hint = hint if every else f"{spelt} has no parts"
        self._report(node, source, f"{{{{ {wrong} }}}} is no blank of this document; {hint}", wrong)

    def _whole(self, name: str) -> str:
        """Return *name* with what follows it where it is first written."""
        found = re.search(rf"(?<![\w.]){re.escape(name)}(?:\.\w+)*", "\n".join(self.paragraphs))
        return found[0] if found else name

    def _report(self, node: nodes.Node, source: str, message: str, name: str = "") -> None:
        """Add *message* about *node*, at each paragraph that has *name* in it or else at the node's own."""
        found = self._with(name) if name else []
        places = [self.place(number) for number in found] or [self.line(source, node.lineno)]
        self.problems += [line for line in (f"{place}: {message}" for place in places) if line not in self.problems]


def body(root: Element) -> str:
    """Return the XML of *root* that is filled."""
    found = root.find(f"{W}body")
    return str(etree.tostring(root if found is None else found, encoding="unicode"))


def value_of(node: nodes.Node, scope: Mapping[str, object]) -> object:
    """Return what the name *node* stands for in *scope*, UNKNOWN if that is no matter of names."""
    if isinstance(node, nodes.Name):
        return scope.get(node.name, UNKNOWN)
    if isinstance(node, nodes.Getattr):
        known = value_of(node.node, scope)
        return known.get(node.attr, UNKNOWN) if isinstance(known, Mapping) else UNKNOWN
    if isinstance(node, nodes.Getitem):
        return sample(value_of(node.node, scope))
    return UNKNOWN


def sample(value: object) -> object:
    """Return an item like those of the list *value*, with the parts that any of them has; UNKNOWN if it is empty."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return UNKNOWN
    if all(isinstance(item, Mapping) for item in value):
        return {name: part for item in value for name, part in item.items()}
    return value[0]


def dotted(node: nodes.Node) -> str:
    """Return how *node* is spelt."""
    if isinstance(node, nodes.Getattr):
        return f"{dotted(node.node)}.{node.attr}"
    if isinstance(node, nodes.Getitem):
        return f"{dotted(node.node)}[0]"
    return node.name if isinstance(node, nodes.Name) else "it"


def all_names(scope: Mapping[str, object]) -> Iterator[str]:
    """Yield the whole names of all blanks in *scope*."""
    for record, fields in scope.items():
        if isinstance(fields, Mapping):
            yield from (f"{record}.{one}" for one in fields)
