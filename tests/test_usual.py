"""YAML as most of it is typed is read without the parser, and says to the letter what the parser makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from docgen import source
from docgen.problem import Problems
from docgen.shelf import EXAMPLE, PACKAGE
from docgen.source import Lines, List, Map, Node, Source, builder, usual

TESTS = Path(__file__).parent
FACTS = [EXAMPLE / "clients.yaml", TESTS / "acme.yaml"]
FILES = sorted({*TESTS.rglob("*.yaml"), *PACKAGE.rglob("*.yaml"), *EXAMPLE.glob("*/*.yaml"), *FACTS})
LINES = [
    "a: b", "b: c d", "c: 1.50", "d: https://x.y/z?q#f", "e:  spaced  ", "f: v # remark", 'g: "q: #"', "h: 'it is'",
    "i: é", "j: e\u0301", "k: |", "l: |-", "m:", "n:", "- a", "- b: c", "- {a: b}", "- [a, b]", "-   c: d", '- "e"',
    "o: {a: b, c: 'd', e: [f, g]}", "p: [a , 'b', {c: d}]", "q: {a: b,", "c: d}", "r: [", "s, t]", "plain", "'quoted'",
    "{a: b}", "# remark", "", " ", "-1", "t: -5", "u: null", "v: ~", "w: a:b", "x: a #b", "y: [a: b]", "z: {a, b}",
    "A: >", "B: &c d", "C: *c", "D: !e f", "E: 'don''t'", 'F: "\\x41"', "? G", "---", "...", "H: \tI", "J: [a,]",
    "K: {}", "<<: {a: b}", "L: \u202e", "M: a\u00a0b", "\n" * 63, "\n" * 64, "N: " + "x" * 5_001, "1,5", "/x: y",
    "O: @p", "P: 'q", "r'", "- 's  ", "'",
]  # fmt: skip
TOKENS = [
    *"ab:-#{}[],|>'\"&*!%@?\\/.~\n ",
    ": ",
    " #",
    "- ",
    ", ",
    "  ",
    "a: ",
    "null",
    "é",
    "<<",
    "\t",
    "\u2028",
    "\ufeff",
]
INDENT = st.sampled_from(["", "", "  ", "  ", "    ", " ", "      "])
ROWS = st.lists(st.tuples(INDENT, st.sampled_from(LINES)).map("".join), min_size=1, max_size=8)


def told(node: Node) -> Any:  # noqa: ANN401 - what JSON can say
    """Return all that *node* is: kinds, places, values and comments."""
    if isinstance(node, Map):
        return node.start, [(told(key), told(value)) for key, value in node.placed()]
    if isinstance(node, List):
        return node.start, list(map(told, node)), "list"
    return node.start, str(node), node.comment, type(node).__name__


def parsed(text: str) -> Any:  # noqa: ANN401 - as above
    """Return all that the parser and the builder make of *text*, None where they find anything wrong with it."""
    data = text.encode("utf-8", "surrogatepass")
    one = Source("x", Lines(data))
    try:
        root = builder.built(one, data)
    except Problems:
        return None
    return None if root is None or one.problems else told(root)


def held(text: str) -> bool:
    """Return whether *text* was read without the parser, which says the same of it."""
    root = usual.read(text)
    if root is not None:
        assert told(root) == parsed(text)
    return root is not None


@pytest.mark.parametrize("file", FACTS, ids=lambda file: str(file.name))
def test_facts_as_they_are_written_are_read_without_the_parser(file: Path) -> None:
    """The example and the other clients of these tests have nothing unusual."""
    assert held(file.read_text(encoding="utf-8"))


def test_every_file_there_is_says_the_same() -> None:
    """Also those in which something is wrong: the parser says what."""
    read = 0
    for file in FILES:
        try:
            read += held(source.decode(file.read_bytes(), file.name))
        except Problems:
            continue
    assert read > len(FILES) // 2


USUAL = [
    "a: b\n",
    "# remark\n\na: b   # remark\nc: d  \n",
    "a:\n  b: c\n  d:\n    - e\n    - f: g\n      h: i\n    -   j: k\n        l: m\nn: o\n",
    "a:\n- b\n- c:\n  - d\n- e: f\n  g:\n    h: i\nj: k\n",
    "a:   # remark\n # another\n    b: c\n# and one\n    d: e\n",
    "a: [b, 'c, d', \"e: f\", {g: h, i: [j]}]\nk: { l: -1 , m: n }   # remark\n",
    "a: {b: c,\n    d: e,\n f: [g,\n     h\n   ]}\ni: [\n  j\n  ]\n",
    "a:\n  {b: c}\nd:\n  'e'\nf:\n  g # h\n",
    "a: |\n  b: c\n    # d\n\n  e\n\n\nf: |-\n    g\n\nh: |   # remark\n i\n",
    "a: |\n  b\n # remark\nc: d\n",
    "a: 'b\n  c  \n\n  d'\ne:\n- 'f  \n\n\n  '\ng: h\n",
    "a: https://b.c/d?e#f\ng: h:i\nj: 10:30\nk: +1 (2) 3/4\nl: §§ 5\nm: -n\no: 'p'\nq: \"\"\n",
    "a:\r\n  b: |\r\n    c\r\n  d: e  # f\r\n",
    "a: b\nc: d  # and no end of the line",
    "a: \u00e9\nb\u00e9: \u1e69\nc: \u2013\n" + "\n" * 200 + "d: e\n",
]


@pytest.mark.parametrize("text", USUAL)
def test_what_is_usual_is_read_without_the_parser(text: str) -> None:
    """Which makes the same of it: values, comments, places."""
    assert held(text)


UNUSUAL = [
    "a: b\rc: d\n",
    "a: |\n  b",
    "a:\n\tb: c\n",
    "a: b\na: c\n",
    "a: {b: c, b: d}\n",
    "a: b\n  c\n",
    "a: b\n  c: d\n",
    "a:\n  b: c\n d: e\n",
    "a:\n  b\n  c\n",
    "a:\nb: c\n",
    "a:\n",
    "a: null\n",
    "a: [null]\n",
    "- a\n",
    "a: 'b' c\n",
    "a: 'b\n  c' d\n",
    "a: 'b\nc'\n",
    "a: '\n  b'\n",
    "a: 'b\n  c'' d'\n",
    "a: 'b\n",
    "a: 'b'# c\n",
    "a: |\n\n  b\n",
    "a: |\n   \n  b\n",
    "a: |\n  b\n    \nc: d\n",
    "a: |\nb: c\n",
    "a: |\n  b\n" + "\n" * 70 + "  # c\n",
    "a: >\n  b\n",
    "a: {b: c # d\n  }\n",
    "a: [b\n",
    "a: " + "b" * 5_001 + "\n",
    "a: " + "[" * 20 + "b" + "]" * 20 + "\n",
    "\n".join("  " * number + f"a{number}:" for number in range(20)) + " b\n",
    "a: \u202eb\n",
    "a: e\u0301\n",
    "---\na: b\n",
    "a: b\n...\n",
    "%YAML 1.1\n---\na: b\n",
]


@pytest.mark.parametrize("text", UNUSUAL)
def test_all_else_is_left_to_the_parser(text: str) -> None:
    """A line that it reads in another way, or refuses, is not guessed."""
    assert usual.read(text) is None


@given(ROWS)
def test_lines_of_any_kind_in_any_order_say_the_same(rows: list[str]) -> None:
    """Or they are left to the parser."""
    held("\n".join(rows))
    held("\r\n".join([*rows, ""]))


@given(st.data())
def test_facts_with_slips_say_the_same(data: st.DataObject) -> None:
    """A part of the example in which characters are missing or too many."""
    rows = data.draw(st.sampled_from(FACTS)).read_text(encoding="utf-8").splitlines()
    begin = data.draw(st.integers(0, len(rows) - 1))
    some = rows[begin : begin + data.draw(st.integers(1, 12))]
    margin = min((len(row) - len(row.lstrip(" ")) for row in some if row.strip()), default=0)
    text = "".join(row[margin:] + "\n" for row in some)
    for place in data.draw(st.lists(st.integers(0, len(text)), max_size=3)):
        text = text[:place] + data.draw(st.sampled_from(["", *TOKENS])) + text[place + data.draw(st.integers(0, 1)) :]
    held(text)
