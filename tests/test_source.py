"""YAML is read as it was typed: PyYAML's own reading of each of these values would be another."""

from __future__ import annotations

import re
from itertools import product
from typing import NoReturn

import pytest

from docgen import source
from docgen.problem import Problems
from docgen.source import Lines, builder

KEPT = [
    "NO", "off", "on", "yes", "02134", "01234", "00501", "0101302170", "+3545551234", "0123", "5:30", "12:30:00",
    "1.250", "1,250.00", "1.250,00", "1_000", "1.10", "1e3", "0x1F", ".5", "2026-13-01", "2026-11-1", "2026-11-21",
    "null", "~", "true", "C#", "a:b", "🎨",
]  # fmt: skip


@pytest.mark.parametrize("typed", KEPT)
def test_a_value_stays_the_text_that_was_typed(typed: str) -> None:
    """Numbers, dates, booleans and null are what the schema makes of the text, and nothing before."""
    assert source.read(f"key: {typed}\n".encode(), "x").root["key"] == typed


REFUSED = [
    ("key: @acme", "put quotes around the value"),
    ("key: %x", "put quotes around the value"),
    ("key: `x`", "put quotes around the value"),
    ("key: a: b", "a value with a colon and a space in it needs quotes"),
    ("key: &amp", "the anchor &amp is not used here"),
    ("key: *amp", "the alias *amp is not used here"),
    ("key: !!int 3", "is not used here"),
    ("key: 1\nkey: 2", "the key `key` stands here a second time; the first is on line 1"),
    ("a: {b: 1, b: 2}", "the key `b` stands here a second time"),
    ("<<: {a: 1}", "merge keys (<<) are not used here"),
    ("? [a]\n: b", "a key must be a word"),
    ("a: 1\n---\nb: 2", "a second document"),
    ("", "the file is empty"),
    ("# only a comment\n", "the file is empty"),
    ("- a\n", "`key: value`"),
    ("\ta: 1", "indent with spaces, not tabs"),
    ("a: 'x", "the quote that was opened here is not closed"),
    ('a: "\\u202e"', "U+202E"),
    ('a: "\\x07"', "U+0007"),
    ("a: " + "[" * 60, "nested too deeply"),
]


@pytest.mark.parametrize(("typed", "message"), REFUSED)
def test_what_a_plain_record_has_no_use_for_is_refused(typed: str, message: str) -> None:
    """Each is a problem with a line and a column."""
    try:
        problems = source.read(typed.encode(), "clients.yaml").problems
    except Problems as wrong:
        problems = list(wrong.problems)
    assert any(message in problem.message for problem in problems), problems
    assert all(problem.mark.line and problem.mark.column for problem in problems)


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"a: \xe9\n"])
def test_a_file_that_is_not_utf_8_says_where(data: bytes) -> None:
    """The line and the column of the first wrong byte are named."""
    with pytest.raises(Problems, match=r"^x:1:\d: the file is not UTF-8"):
        source.read(data, "x")


def test_a_comment_that_cuts_a_value_is_kept_beside_it() -> None:
    """The reader of the field decides whether `#5` was meant to be printed."""
    root = source.read(b"street: 12 Main St, Apt #5\ncountry: US   # ISO 3166\n", "x").root
    street, country = root["street"], root["country"]
    assert isinstance(street, source.Text)
    assert isinstance(country, source.Text)
    assert (street, street.comment) == ("12 Main St, Apt", " #5")
    assert (country, country.comment) == ("US", "   # ISO 3166")


def test_a_parser_without_room_is_no_mistake_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that the one in C says then is that it has no error to say."""

    def loader(_: bytes) -> NoReturn:
        raise SystemError

    monkeypatch.setattr(builder, "LOADER", loader)
    with pytest.raises(MemoryError):
        source.read(b"one: *two", "x")


@pytest.mark.parametrize("block", [1, 2, source.BLOCK])
def test_lines_are_those_of_the_text_whatever_ends_them(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """Of every short file, and on which of them a comment may be; an empty one at the end does not count."""
    monkeypatch.setattr(source, "BLOCK", block)
    for length in range(6):
        for signs in product("a#é\n\r\u2028", repeat=length):
            typed = "".join(signs)
            lines, found = re.split("\r\n|[\r\n]", typed), Lines(typed.encode())
            assert [found[number] for number in range(len(lines))] == lines
            assert len(found) == len(lines) - (not lines[-1])
            remarked = {number: found.line_at(begin) for number, begin in found.having(b"#")}
            assert remarked == {number: line for number, line in enumerate(lines) if "#" in line}


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("inside", ["x", "x\u2028y", "x\ufeffy", "é\x85", "日本"])
def test_what_the_parser_is_shown_does_not_move_what_stands_behind_it(mark: str, inside: str) -> None:
    """Neither a mark of the byte order, nor what the parser would take for the end of a line."""
    found = source.read(f"{mark}one: {inside}\ntwo: [é, z]  # why\n".encode(), "x")
    (one, value), (two, values) = found.root.placed()
    places = [(each.line, each.column) for each in (one, value, two, values, *values)]
    assert places == [(1, 1), (1, 6), (2, 1), (2, 6), (2, 7), (2, 10)]
    assert found.mark(two).source == "two: [é, z]  # why"
