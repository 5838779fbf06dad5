"""The structure tree of a PDF, from the nodes of its marked contents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from docgen.write.pdf.page import Box, Node

Content: TypeAlias = tuple[int, int]  # a page and a marked content on it, both counted from 0


def add(pdf: Pdf, marked: Sequence[Sequence[Node]], boxes: Mapping[Node, Box]) -> None:
    """Add the structure tree to *pdf*, whose pages have the contents *marked*, each in the order of its number.

    *boxes* says where the figures are.
    """
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements = _elements(pdf, root, marked)
    for node, box in boxes.items():
        edges = Array([Decimal(f"{edge:.2f}") for edge in box])
        elements[node].A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=edges)
    numbers = Array()
    for number, (page, nodes) in enumerate(zip(pdf.pages, marked, strict=True)):
        page.obj.StructParents = number
        numbers.append(number)
        numbers.append(pdf.make_indirect(Array([elements[node] for node in nodes])))
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(marked)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)


def _elements(pdf: Pdf, root: Object, marked: Sequence[Sequence[Node]]) -> dict[Node, Object]:
    """Return the elements below *root* for the nodes that are *marked* and all above them."""
    children = _children(marked)
    elements: dict[Node | None, Object] = {None: root}
    for node in children:
        if node is not None:
            elements[node] = pdf.make_indirect(_element(node))
    for node, element in elements.items():
        kids = Array()
        for child in children[node]:
            if isinstance(child, tuple):
                kids.append(_reference(pdf, element, child))
            else:
                elements[child].P = element
                kids.append(elements[child])
        element.K = kids
    return {node: element for node, element in elements.items() if node is not None}


def _children(marked: Sequence[Sequence[Node]]) -> dict[Node | None, list[Node | Content]]:
    """Return what each node has below it, in the order in which it comes on the pages; None stands for the root."""
    children: dict[Node | None, list[Node | Content]] = defaultdict(list)
    for page, nodes in enumerate(marked):
        for number, node in enumerate(nodes):
            _attach(node, children)
            children[node].append((page, number))
    return children


def _attach(node: Node, children: dict[Node | None, list[Node | Content]]) -> None:
    """Make *node* a child of the one above it, and that of the one above, if it is new."""
    if node not in children:
        children[node] = []
        if node.parent is not None:
            _attach(node.parent, children)
        children[node.parent].append(node)


def _element(node: Node) -> Dictionary:
    """Return the structure element for *node*, without its place in the tree."""
    element = Dictionary(Type=Name.StructElem, S=Name(f"/{node.tag}"))
    if node.numbering:
        element.A = Dictionary(O=Name.List, ListNumbering=Name(f"/{node.numbering}"))
    table = Dictionary(O=Name.Table)
    if node.scope:
        table.Scope = Name(f"/{node.scope}")
    if node.span > 1:
        table.ColSpan = node.span
    if node.summary:
        table.Summary = String(node.summary)
    if len(table) > 1:
        element.A = table
    if node.alt:
        element.Alt = String(node.alt)
    return element


def _reference(pdf: Pdf, element: Object, content: Content) -> Object | int:
    """Return the reference of *element* to *content*: by its number alone on the element's own page."""
    page, number = content
    home = pdf.pages[page].obj
    if Name.Pg not in element:
        element.Pg = home
    return number if element.Pg.objgen == home.objgen else Dictionary(Type=Name.MCR, Pg=home, MCID=number)
