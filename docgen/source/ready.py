"""What the YAML files say that come with docgen, read when they were written.

ready.txt has it for the hash of each, and a test holds it against them. Any other file, such as one of them that an
owner has changed, is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen import ready
from docgen.source import List, Map, Node, Text, placed

FILE = Path(__file__).with_name("ready.txt")
MAP = 4  # what is kept of a mapping; a list has one thing less


def find(data: bytes) -> Map | None:
    """Return what the file with this *data* says, None if it is not one of ours."""
    said = ready.find(FILE, data)
    found = None if said is None else _node(said)
    return found if isinstance(found, Map) else None


def said(node: Node) -> Any:
    """Return what is kept of *node*: its place, then its value; of a text too its comment."""
    place = [*node.start]
    if isinstance(node, Text):
        return [*place, str(node), node.comment]
    if isinstance(node, List):
        return [*place, list(map(said, node))]
    return [*place, [[said(key), said(value)] for key, value in node.placed()], {}]


def _node(kept: Any) -> Node:
    """Return the node of which this was *kept*."""
    value = kept[2]
    if isinstance(value, str):
        return _text(kept)
    node: Map | List
    if len(kept) == MAP:
        node = Map({_text(key) if key[3] else key[2]: _node(each) for key, each in value})  # few have a comment
        node.starts = [(key[0], key[1]) for key, _ in value]
    else:
        node = List(map(_node, value))
    node.start = kept[0], kept[1]
    return node


def _text(kept: Any) -> Text:
    """Return the text of which this was *kept*."""
    line, column, value, comment = kept
    return placed(value, (line, column), comment)
