"""The tags in house.docx: the same as plain text, a line a paragraph, and what is wrong with them.

A house is a template of docxtpl's. Here its paragraphs are read as lines of a template of Jinja's, so that a mistake in
line 7 is one in the seventh paragraph, and so that headers can be filled for formats other than Word's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from jinja2 import StrictUndefined, TemplateSyntaxError, meta, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from docgen.look import tags, word
from docgen.look.word import find
from docgen.problem import meant

FURNITURE = frozenset({"title", "letterhead", "footer", "page_of"})  # what headers and footers may show
BODY = FURNITURE | {"blocks"}
# The kinds of block a house has a branch for, by what the branch shows; a paragraph's kind is its style.
PARAGRAPHS = (
    "Title",
    "Subtitle",
    "Heading 1",
    "Body Text",
    "Date",
    "Subject",
    "Mark",
    "Closing",
    "Note",
    "Clause 1",
    "Clause 2",
    "Clause 3",
)
BRANCHES = dict.fromkeys(PARAGRAPHS, "text") | {
    "Bullets": "texts",
    "Facts": "facts",
    "Pairs": "rows",
    "Table": "rows",
    "Address": "lines",
    "Signatures": "rows",
    "Ending": "name",
    "Lines": "count",
    "Break": "",
}
# What blocks and what is in them are made of, and what a loop knows.
ATTRIBUTES = {
    "kind",
    "text",
    "texts",
    "facts",
    "rows",
    "heads",
    "totals",
    "span",
    "lines",
    "sender",
    "service",
    "count",
}
ATTRIBUTES |= {
    "words",
    "name",
    "role",
    "label",
    "value",
    "strong",
    "share",
    "right",
    "amount",
    "party",
    "fields",
    "blank",
}
ATTRIBUTES |= {"first", "last", "index", "index0", "revindex", "revindex0", "length", "previtem", "nextitem", "cycle"}
ATTRIBUTES |= {"count", "blank"}
# A template fills, chooses and repeats; it does not call, count or load anything.
ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const),
    *(nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Filter, nodes.Test, nodes.Concat, nodes.List, nodes.Tuple),
)
FILTERS = ("capitalize", "default", "first", "join", "last", "length", "lower", "replace", "title", "trim", "upper")
DEEPEST = 4  # loops in each other
PAGE_BREAK = "\f"
TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
TORN = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
WHOLE = {"p": "paragraph", "tr": "row", "tc": "cell"}  # what docxtpl puts a tag in the place of
SCOPE = re.compile(r"^(\{[{%#])(?:p|tr|tc|r) ")
SPAN = re.compile(r"^\{%\s*(?:colspan|cellbg)\s+(.*?)\s*%\}$")
MERGED = re.compile(r"^\{%\s*[hv]m\s*%\}$")
QUOTES = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")  # Word makes the former of the latter
SHOWN = 60  # characters of a paragraph in a message


def lines(root: etree._Element) -> tuple[str, ...]:
    """Return the paragraphs below *root* as they are, whatever they stand in."""
    return tuple(typed(paragraph) for paragraph in root.iter(word.tag("w:p")))


def typed(paragraph: etree._Element) -> str:
    """Return the text of *paragraph* with its tags, a sign for each page break in it."""
    signs = {word.tag("w:tab"): "\t", word.tag("w:br"): " "}
    found = []
    for run in paragraph.iter(word.tag("w:r")):
        for sign in run:
            turns = sign.tag == word.tag("w:br") and word.value(sign, "type") == "page"
            found.append(PAGE_BREAK if turns else (sign.text or "") if sign.tag == word.tag("w:t") else "")
            found.append("" if turns else signs.get(str(sign.tag), ""))
    return "".join(found)


def plain(text: str) -> str:
    """Return the tags in *text* as Jinja knows them, and what is around them as it is."""
    return TAG.sub(lambda hit: _plain(hit[0]), text)


def _plain(tag: str) -> str:
    """Return a *tag* of docxtpl's as one of Jinja's."""
    tag = SCOPE.sub(r"\1 ", tag).translate(QUOTES).replace("\n", " ")
    return SPAN.sub(r"{{ \1 }}", MERGED.sub("", tag))


def is_whole(text: str) -> bool:
    """Return whether *text* is a tag that a paragraph gives way to."""
    return any(hit[0][2:].startswith("p ") for hit in TAG.finditer(text))


@cache
def environment() -> SandboxedEnvironment:
    """Return what templates are read and filled with."""
    return SandboxedEnvironment(undefined=StrictUndefined, keep_trailing_newline=True, finalize=_no_marks)


def _no_marks(value: object) -> object:
    """Return a text *value* without the signs that stand for what is no text."""
    return tags.plain(value) if isinstance(value, str) else value


@cache
def mistakes(found: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    """Return what is wrong with the tags of the paragraphs *found*, which may show what is *known*."""
    torn = [f"a tag is broken in {_quoted(line)}" for line in found if TORN.search(TAG.sub("", line))]
    try:
        unknown = tuple(_unknown(found, known))
    except TemplateSyntaxError as error:
        torn.append(f"a tag is broken in {_quoted(found[error.lineno - 1])}: {error.message}")
    return tuple(torn) or unknown


def _unknown(found: tuple[str, ...], known: frozenset[str]) -> Iterator[str]:
    """Yield the blanks in *found* that nothing fills."""
    tree = _tree(found)
    forbidden = list(_forbidden(tree))
    for node in forbidden:
        yield f"{_quoted(found[node.lineno - 1])} does more than fill, choose and repeat; copy it from a new house.docx"
    if nested(tree) > DEEPEST:
        yield f"more than {DEEPEST} loops stand in each other; copy the text from a new house.docx"
    if forbidden:  # what comes next would compute what is constant in them
        return
    undeclared = meta.find_undeclared_variables(tree) - known - set(environment().globals)
    for name in tree.find_all(nodes.Name):
        if name.name in undeclared:
            yield _blank(name.name, known, found[name.lineno - 1])
    for node in tree.find_all(nodes.Getattr):
        if node.attr not in ATTRIBUTES and not hasattr(str, node.attr):
            yield _blank(node.attr, ATTRIBUTES, found[node.lineno - 1])


def nested(node: nodes.Node) -> int:
    """Return how many loops stand in each other in *node*, at the most."""
    inner = max(map(nested, node.iter_child_nodes()), default=0)
    return inner + isinstance(node, nodes.For)


def _forbidden(node: nodes.Node) -> Iterator[nodes.Node]:
    """Yield *node*, or what is in it, where a house may not have it: it counts lines and calls nothing else."""
    counts = isinstance(node, nodes.Call) and _counts(node)
    hidden = isinstance(node, nodes.Getattr) and node.attr.startswith("_")
    called = isinstance(node, nodes.Filter) and node.name not in FILTERS
    if hidden or called or not (counts or isinstance(node, ALLOWED)):
        yield node
    else:
        for child in node.iter_child_nodes():
            yield from _forbidden(child)


def _counts(call: nodes.Call) -> bool:
    """Return whether *call* is that of a range with a count, such as ``range(block.count)``."""
    known = all(isinstance(one, nodes.Getattr) and one.attr == "count" for one in call.args)
    return known and call.node == nodes.Name("range", "load") and not (call.kwargs or call.dyn_args or call.dyn_kwargs)


@cache
def _tree(found: tuple[str, ...]) -> nodes.Template:
    """Return the paragraphs *found* as Jinja understands them."""
    return environment().parse("\n".join(plain(line) for line in found))


def _blank(name: str, known: Iterable[str], line: str) -> str:
    """Return that nothing is called *name*, which stands in *line*, and what was meant."""
    near = meant(name, sorted(known))
    return f"nothing fills `{name}` in {_quoted(line)}" + (f"; did you mean `{near}`?" if near else "")


def lost(root: etree._Element) -> Iterator[str]:
    """Yield what below *root* would be lost, as it stands where docxtpl puts nothing but a tag."""
    for scope, place in WHOLE.items():
        for element in root.iter(word.tag(f"w:{scope}")):
            text = "".join(typed(paragraph) for paragraph in _paragraphs(element)).strip()
            tag = next((hit[0] for hit in TAG.finditer(text) if hit[0][2:].startswith(f"{scope} ")), "")
            if tag and (text != tag or find(element, ".//w:drawing") is not None):
                yield f"{_quoted(tag)} is not alone in its {place}, and what is beside it is lost; move that elsewhere"


def _paragraphs(element: etree._Element) -> Iterator[etree._Element]:
    """Return the paragraphs of *element*, itself among them."""
    return element.iter(word.tag("w:p"))


@cache
def forgotten(found: tuple[str, ...]) -> tuple[str, ...]:
    """Return the kinds of block that a body of the paragraphs *found*, without a mistake, leaves out."""
    tree = _tree(found)
    handled: dict[str, Sequence[nodes.Node]] = {}
    for branch in tree.find_all(nodes.If):
        kinds = {const.value for const in branch.test.find_all(nodes.Const)} & BRANCHES.keys()
        handled |= dict.fromkeys(kinds, branch.body)
        if branch.else_ and kinds:
            handled |= dict.fromkeys(BRANCHES.keys() - handled.keys(), branch.else_)
    return tuple(kind for kind, shown in BRANCHES.items() if not _shows(handled.get(kind, ()), shown))


def _shows(body: Sequence[nodes.Node], attribute: str) -> bool:
    """Return whether *body* shows the *attribute* of a block, or has a page break where there is none to show."""
    if attribute:
        return any(node.attr == attribute for part in body for node in part.find_all(nodes.Getattr))
    return any(PAGE_BREAK in node.data for part in body for node in part.find_all(nodes.TemplateData))


def stray(found: Sequence[str]) -> Iterator[str]:
    """Yield the words in *found* that stand outside tags."""
    for line in found:
        words = TAG.sub("", line).strip()
        if words:
            yield words


def _quoted(text: str) -> str:
    """Return *text* as a message quotes it."""
    text = " ".join(text.split())
    return f"“{text[:SHOWN]}…”" if len(text) > SHOWN else f"“{text}”"
