"""What docgen says of mistakes: every message in the code, as a pattern that what was said can be held against."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "docgen"
SAYING = {"stop": 0, "Problem": 1, "ValueError": 0, "report": 1, "_report": 2, "wrong": 1, "finding": 1}
# where in the arguments of each function the message is


@dataclass(frozen=True, order=True)
class Message:
    """A message as the code has it: its module, and its words with `…` for what is put in."""

    module: str
    words: str

    def said(self, text: str) -> bool:
        """Return whether it stands in *text*."""
        parts = self.words.strip("… ").split("…")
        return all(part in text for part in parts) and re.search(".*?".join(map(re.escape, parts)), text) is not None


def messages() -> list[Message]:
    """Return every message in the code."""
    found = set()
    for path in sorted(PACKAGE.rglob("*.py")):
        module = str(path.relative_to(PACKAGE))
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                found |= {Message(module, words) for words in within(function) if len(words.strip("… ")) > 1}
    return sorted(found)


def within(function: ast.FunctionDef) -> Iterator[str]:
    """Yield the words of each message that *function* says, also of one that it has put in a variable before."""
    named: dict[str, list[ast.expr]] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            named.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = SAYING.get(name, len(node.args))
            for said in node.args[place : place + 1]:
                for one in named.get(said.id, []) if isinstance(said, ast.Name) else [said]:
                    yield from spoken(one)


def spoken(node: ast.expr) -> Iterator[str]:
    """Yield the words that *node* can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from spoken(node.body)
        yield from spoken(node.orelse)
