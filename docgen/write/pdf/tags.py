"""The structure tree of a PDF, from the nodes of its marked contents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import TypeAlias

from docgen.frozen import dataclass
from docgen.write.pdf.objects import File, number, references, string
from docgen.write.pdf.page import Area, Box, Node

Marked: TypeAlias = Sequence[Sequence[Node | Area]]  # what is on each page, in the order it is read in
Content: TypeAlias = tuple[int, int | Area]  # a page, and a marked content or an area on it; all counted from 0
Tree: TypeAlias = dict[Node | None, list[Node | Content]]


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers of objects in a file: its pages, the elements of its structure, its annotations."""

    sheets: Sequence[int]
    elements: Mapping[Node, int]
    annotations: Mapping[Area, int]


def add(
    file: File, sheets: Sequence[int], marked: Marked, annotations: Mapping[Area, int], boxes: Mapping[Node, Box]
) -> tuple[int, dict[Node, int]]:
    """Add to *file* the structure of what is *marked* on its pages, *sheets*; return its root's and elements' numbers.

    *annotations* are those of the areas, and *boxes* says where the figures are.
    """
    tree, root = _tree(marked), file.reserve()
    nodes = [node for node in tree if node is not None]
    elements = dict(zip(nodes, file.reserved(len(nodes)), strict=True))
    numbers = Numbers(sheets, elements, annotations)
    for node, own in elements.items():
        above = elements[node.parent] if node.parent else root
        attributes = _attributes(node, boxes.get(node))
        file.put(own, f"<</Type/StructElem/S/{node.tag}/P {above} 0 R{attributes}{_kids(tree[node], numbers)}>>")
    owners = [file.add(references([elements[node] for node in nodes if isinstance(node, Node)])) for nodes in marked]
    owners += [elements[area.node] for area in annotations]
    parents = file.add(f"<</Nums[{' '.join([f'{key} {owner} 0 R' for key, owner in enumerate(owners)])}]>>")
    entries = f"{_kids(tree[None], numbers)}/ParentTree {parents} 0 R/ParentTreeNextKey {len(owners)}"
    file.put(root, f"<</Type/StructTreeRoot{entries}>>")
    return root, elements


def _tree(marked: Marked) -> Tree:
    """Return what each node has below it, in the order in which it comes on the pages; None stands for the root."""
    tree: Tree = {None: []}
    for page, found in enumerate(marked):
        numbers = count()
        for item in found:
            node = item.node if isinstance(item, Area) else item
            if node not in tree:
                _attach(node, tree)
            tree[node].append((page, item if isinstance(item, Area) else next(numbers)))
    return tree


def _attach(node: Node, tree: Tree) -> None:
    """Make *node*, which is new, a child of the one above it, and that of the one above if it is new too."""
    tree[node] = []
    if node.parent is not None and node.parent not in tree:
        _attach(node.parent, tree)
    tree[node.parent].append(node)


def _kids(children: Sequence[Node | Content], numbers: Numbers) -> str:
    """Return the entries for *children* and for the page of the first content among them, whose number is enough.

    An only child stands alone: whoever compares signed revisions looks for a field there.
    """
    if len(children) == 1 and isinstance(children[0], tuple) and isinstance(children[0][1], int):  # as most are
        page, content = children[0]
        return f"/Pg {numbers.sheets[page]} 0 R/K {content}"
    home, kids = None, []
    for child in children:
        if isinstance(child, Node):
            kids.append(f"{numbers.elements[child]} 0 R")
            continue
        page, content = child
        if isinstance(content, Area):
            kids.append(f"<</Type/OBJR/Pg {numbers.sheets[page]} 0 R/Obj {numbers.annotations[content]} 0 R>>")
            continue
        home = page if home is None else home
        kids.append(str(content) if page == home else f"<</Type/MCR/Pg {numbers.sheets[page]} 0 R/MCID {content}>>")
    at = "" if home is None else f"/Pg {numbers.sheets[home]} 0 R"
    return f"{at}/K {kids[0]}" if len(kids) == 1 else f"{at}/K[{' '.join(kids)}]"


def _attributes(node: Node, box: Box | None) -> str:
    """Return what *node*, which takes the room of *box* if it is drawn, says of itself beside its tag."""
    found = f"/Alt{string(node.alt)}" if node.alt else ""
    if box is not None:
        return f"{found}/A<</O/Layout/Placement/Block/BBox[{' '.join(map(number, box))}]>>"
    if node.numbering:
        return f"{found}/A<</O/List/ListNumbering/{node.numbering}>>"
    scope = f"/Scope/{node.scope}" if node.scope else ""
    span = f"/ColSpan {node.span}" if node.span > 1 else ""
    summary = f"/Summary{string(node.summary)}" if node.summary else ""
    return f"{found}/A<</O/Table{scope}{span}{summary}>>" if scope or span or summary else found
