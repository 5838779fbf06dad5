"""The structure tree of a PDF, from the nodes of its marked contents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import TypeAlias

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from docgen.write.pdf.page import Area, Box, Node

Content: TypeAlias = tuple[int, int]  # a page and a marked content on it, both counted from 0
Child: TypeAlias = Node | Content | Area


def add(
    pdf: Pdf, marked: Sequence[Sequence[Node | Area]], annotations: Mapping[Area, Object], boxes: Mapping[Node, Box]
) -> dict[Node, Object]:
    """Add the structure tree to *pdf* and return its elements.

    The contents *marked* of each page are in the order they are read in; *annotations* are those of the areas,
    and *boxes* says where the figures are.
    """
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    elements = _elements(pdf, root, marked, annotations)
    for node, box in boxes.items():
        edges = Array([Decimal(f"{edge:.2f}") for edge in box])
        elements[node].A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=edges)
    numbers = Array()
    for number, (page, nodes) in enumerate(zip(pdf.pages, marked, strict=True)):
        page.obj.StructParents = number
        numbers.append(number)
        numbers.append(pdf.make_indirect(Array([elements[node] for node in nodes if isinstance(node, Node)])))
    for number, (area, annotation) in enumerate(annotations.items(), start=len(marked)):
        annotation.StructParent = number
        numbers.append(number)
        numbers.append(elements[area.node])
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    root.ParentTreeNextKey = len(marked) + len(annotations)
    pdf.Root.StructTreeRoot = root
    pdf.Root.MarkInfo = Dictionary(Marked=True)
    return elements


def _elements(
    pdf: Pdf, root: Object, marked: Sequence[Sequence[Node | Area]], annotations: Mapping[Area, Object]
) -> dict[Node, Object]:
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
            elif isinstance(child, Area):
                annotation = annotations[child]
                kids.append(Dictionary(Type=Name.OBJR, Pg=annotation.P, Obj=annotation))
            else:
                elements[child].P = element
                kids.append(elements[child])
        element.K = kids[0] if len(kids) == 1 else kids  # whoever compares signed revisions looks for a field there
    return {node: element for node, element in elements.items() if node is not None}


def _children(marked: Sequence[Sequence[Node | Area]]) -> dict[Node | None, list[Child]]:
    """Return what each node has below it, in the order in which it comes on the pages; None stands for the root."""
    children: dict[Node | None, list[Child]] = defaultdict(list)
    for page, found in enumerate(marked):
        numbers = count()
        for item in found:
            node = item.node if isinstance(item, Area) else item
            _attach(node, children)
            children[node].append(item if isinstance(item, Area) else (page, next(numbers)))
    return children


def _attach(node: Node, children: dict[Node | None, list[Child]]) -> None:
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
