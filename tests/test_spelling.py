"""Every word that is printed stands in the dictionary of its language, or in a short list with the reason why not."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
import wording
from islenska import Bin

from docgen import jurisdiction, language
from docgen.money import Money

SPELLING = Path(__file__).parent / "spelling"
DICTIONARIES = {"en": "en_GB", "es": "es_ES", "is": "is_IS"}
LAWS = {"en": ("eu", "ie", "uk"), "es": ("es",), "is": ("is",)}  # whose acts are cited in this language
WORD = re.compile(r"[^\W\d_]{2,}(?:[’-][^\W\d_]+)*")
BLANK = re.compile(r"\{[^}]*\}")
COUNTS = (*range(101), *range(200, 1001, 100), 2000, 21_000, 10**6, 2 * 10**6)
WRONG = {"en": "reciept", "es": "requerimento", "is": "greiðsludrattur"}

debian = pytest.mark.debian("hunspell", *(f"/usr/share/hunspell/{name}.dic" for name in DICTIONARIES.values()))


def printed(code: str) -> Iterator[str]:
    """Yield what is printed in a language: its texts, its labels, amounts in words, the acts it cites; no blanks."""
    yield from (BLANK.sub(" ", words) for _, words in wording.paragraphs(code))
    tongue = language.read(wording.SHELF, code, "")
    yield from (tongue.words(Money(Decimal(count), "EUR")) for count in COUNTS)
    for currency in tongue.at("words", "currencies"):
        yield from (tongue.words(Money(Decimal(sum_), currency)) for sum_ in ("1.01", "2.02", "1000000"))
    for law in LAWS[code]:
        interest = jurisdiction.read(wording.SHELF, law).interest
        assert interest
        yield interest.act


@cache
def excused(code: str) -> dict[str, str]:
    """Return the words and phrases no dictionary has, the longest first, with their reasons."""
    rows = (SPELLING / f"{code}.txt").read_text(encoding="utf-8")
    return dict(sorted(re.findall(r"^(.+?)  # (.+)$", rows, re.MULTILINE), key=lambda row: -len(row[0])))


@cache
def checked(code: str) -> tuple[str, frozenset[str]]:
    """Return what is printed with the excused words taken out, and those that were there to be taken."""
    prose, found = "\n".join(printed(code)), set()
    for words in excused(code):
        prose, times = re.subn(rf"(?<!\w){re.escape(words)}(?!\w)", " ", prose, flags=re.IGNORECASE)
        found |= {words} if times else set()
    return prose, frozenset(found)


def unknown(code: str, prose: str) -> set[str]:
    """Return the words of *prose* that are in no dictionary; a compound that is not listed as such is unknown too."""
    words = "\n".join(sorted({word.replace("’", "'") for word in WORD.findall(prose)}))
    command = ["hunspell", "-d", DICTIONARIES[code], "-i", "utf-8", "-l"]
    done = subprocess.run(command, input=words, capture_output=True, check=True, encoding="utf-8")
    strange = set(done.stdout.split())
    return {word for word in strange if not Bin(only_bin=True).lookup(word)[1]} if code == "is" else strange


@debian
@pytest.mark.parametrize("code", DICTIONARIES)
def test_every_word_is_in_the_dictionary(code: str) -> None:
    """English in Britain's, the others in those of Spain and Iceland."""
    assert unknown(code, checked(code)[0]) == set()


@debian
@pytest.mark.parametrize("code", DICTIONARIES)
def test_every_exception_is_still_needed(code: str) -> None:
    """It is printed somewhere, and the dictionary does not have it."""
    strange = unknown(code, "\n".join(excused(code)))
    assert set(excused(code)) == checked(code)[1]
    assert [words for words in excused(code) if not strange & set(WORD.findall(words))] == []


@debian
@pytest.mark.parametrize("code", DICTIONARIES)
def test_a_word_that_is_spelled_wrong_is_found(code: str) -> None:
    """With an accent or a letter less, or two letters exchanged."""
    assert unknown(code, f"{checked(code)[0]}\n{WRONG[code]}") == {WRONG[code]}
