"""Filling tags that only show, repeat, and tell the first or the last line from the others.

That is all that most houses ask of Jinja, which takes a while to load; what else they ask is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
SHOWN = re.compile(r"\{\{ (\w+) \}\}")
LOOP = re.compile(r"\{% for (\w+) in (\w+) %\}")
CHOICE = re.compile(r"\{% if loop\.(first|last) %\}")
ELSE, END_IF, END_FOR = "{% else %}", "{% endif %}", "{% endfor %}"
KINDS = {"s": SHOWN, "l": LOOP, "c": CHOICE}
ENDS = {ELSE: "e", END_IF: "i", END_FOR: "f"}
GRAMMAR = re.compile("(s|l(s|cs*(es*)?i)*f)*")
ODD = re.compile(r"\{[{%#]|\r")  # in a text: a tag that is torn, or what Jinja takes for the end of a line
MARKS = re.compile("[\ufdd0-\ufddf]")


class Other(Exception):  # noqa: N818 - Jinja knows more
    """The tags ask for more than is known here."""


def filled(source: str, values: Mapping[str, object]) -> str:
    """Return *source* with *values* in its tags; raises Other where only Jinja can tell."""
    parts = _parts(source)
    found: list[str] = []
    at = 0
    while at < len(parts):
        loop = LOOP.fullmatch(parts[at])
        if loop:
            end = next(place for place in range(at, len(parts)) if parts[place] == END_FOR)
            found += _repeated(parts[at + 1 : end], loop[1], loop[2], values)
            at = end
        else:
            found.append(_shown(parts[at], values))
        at += 1
    return "".join(found)


def plain(text: str) -> str:
    """Return *text* without the signs that stand for what is no text."""
    return text if text.isascii() else MARKS.sub("\N{REPLACEMENT CHARACTER}", text)


@lru_cache(maxsize=64)
def _parts(source: str) -> tuple[str, ...]:
    """Return the texts and the tags of *source* in turns; raises Other if the tags are not in our grammar."""
    parts = tuple(TAG.split(source))
    if not GRAMMAR.fullmatch("".join(map(_kind, parts[1::2]))) or any(map(ODD.search, parts[::2])):
        raise Other
    return parts


def _kind(tag: str) -> str:
    """Return the letter that stands for *tag* in our grammar."""
    return ENDS.get(tag) or next((kind for kind, pattern in KINDS.items() if pattern.fullmatch(tag)), "x")


def _repeated(body: Sequence[str], name: str, among: str, values: Mapping[str, object]) -> Iterator[str]:
    """Yield *body* for each of the values *among*, which is called *name* in it."""
    items = values.get(among)
    if not isinstance(items, tuple):
        raise Other
    for number, item in enumerate(items):
        place = {"first": number == 0, "last": number == len(items) - 1}
        for part in _chosen(body, place):
            yield _shown(part, {**values, name: item})


def _chosen(body: Sequence[str], place: Mapping[str, bool]) -> Iterator[str]:
    """Yield what of *body* is for an item at a *place* among the others."""
    chosen = True
    for part in body:
        choice = CHOICE.fullmatch(part)
        if choice:
            chosen = place[choice[1]]
        elif part == ELSE:
            chosen = not chosen
        elif part == END_IF:
            chosen = True
        elif chosen:
            yield part


def _shown(part: str, values: Mapping[str, object]) -> str:
    """Return what *part*, a text or a tag that shows a value, says."""
    tag = SHOWN.fullmatch(part)
    if not tag:
        return part
    value = values.get(tag[1])
    if not isinstance(value, str):
        raise Other
    return plain(value)
