"""Amounts in words, sums, dates and percentages in each language."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from docgen import language
from docgen.language import Language
from docgen.money import Money
from docgen.shelf import Shelf

HOME = {"en": "US", "es": "ES", "is": "IS"}
WORDS = {
    "en": {
        "0 USD": "zero dollars",
        "1 USD": "one dollar",
        "1000 USD": "one thousand dollars",
        "101.00 USD": "one hundred and one dollars",
        "1250.56 USD": "one thousand, two hundred and fifty dollars and fifty-six cents",
        "2.00 EUR": "two euros",
        "1.01 GBP": "one pound and one penny",
        "21 ISK": "twenty-one Icelandic krónur",
        "3 XAF": "three XAF",
        "3.05 SEK": "three SEK 05/100",
    },
    "es": {
        "1 EUR": "un euro",
        "21 EUR": "veintiún euros",
        "31 EUR": "treinta y un euros",
        "100 EUR": "cien euros",
        "101 EUR": "ciento un euros",
        "21000 EUR": "veintiún mil euros",
        "31000 EUR": "treinta y un mil euros",
        "1000000 EUR": "un millón de euros",
        "1500000 EUR": "un millón quinientos mil euros",
        "1000000.50 EUR": "un millón de euros con cincuenta céntimos",
        "1000001 EUR": "un millón un euros",
        "2000000 EUR": "dos millones de euros",
        "2500000 EUR": "dos millones quinientos mil euros",
        "1000000 USD": "un millón de dólares",
        "2500000 USD": "dos millones quinientos mil dólares",
        "1000000 GBP": "un millón de libras",
        "1000001 GBP": "un millón una libras",
        "2500000 GBP": "dos millones quinientas mil libras",
        "1000000 ISK": "un millón de coronas islandesas",
        "1000001 ISK": "un millón una coronas islandesas",
        "2500000 ISK": "dos millones quinientas mil coronas islandesas",
        "1000000 MXN": "un millón de pesos mexicanos",
        "1000001 MXN": "un millón un pesos mexicanos",
        "21000000 EUR": "veintiún millones de euros",
        "12.50 EUR": "doce euros con cincuenta céntimos",
        "1.01 EUR": "un euro con un céntimo",
        "1 GBP": "una libra",
        "21 GBP": "veintiuna libras",
        "500 GBP": "quinientas libras",
        "200000 GBP": "doscientas mil libras",
        "21000000 GBP": "veintiún millones de libras",
        "200000000 GBP": "doscientos millones de libras",
        "1000 USD": "mil dólares",
    },
    "is": {
        "0 ISK": "núll krónur",
        "1 ISK": "ein króna",
        "2 ISK": "tvær krónur",
        "4 ISK": "fjórar krónur",
        "11 ISK": "ellefu krónur",
        "21 ISK": "tuttugu og ein króna",
        "22 ISK": "tuttugu og tvær krónur",
        "101 ISK": "eitt hundrað og ein króna",
        "500 ISK": "fimm hundruð krónur",
        "1500 ISK": "eitt þúsund og fimm hundruð krónur",
        "10500 ISK": "tíu þúsund og fimm hundruð krónur",
        "250000 ISK": "tvö hundruð og fimmtíu þúsund krónur",
        "1000000 ISK": "ein milljón króna",
        "1000001 ISK": "ein milljón og ein króna",
        "2000000 ISK": "tvær milljónir króna",
        "2500000 ISK": "tvær milljónir og fimm hundruð þúsund krónur",
        "2000000.50 EUR": "tvær milljónir evra og fimmtíu sent",
        "21000000 ISK": "tuttugu og ein milljón króna",
        "1250000 ISK": "ein milljón tvö hundruð og fimmtíu þúsund krónur",
        "21 EUR": "tuttugu og ein evra",
        "12.50 EUR": "tólf evrur og fimmtíu sent",
    },
}


def tongue(code: str) -> Language:
    """Return the language as it is written at home."""
    return language.read(Shelf(Path()), code, HOME[code])


def money(typed: str) -> Money:
    """Return an amount such as ``12.50 EUR``."""
    amount, currency = typed.split()
    return Money(Decimal(amount), currency)


@pytest.mark.parametrize(("code", "typed"), [(code, typed) for code, table in WORDS.items() for typed in table])
def test_an_amount_in_words_is_right(code: str, typed: str) -> None:
    """The cases num2words gets wrong are among them: gender, `de` after millions, cents for whole numbers."""
    assert tongue(code).words(money(typed)).replace("\N{NO-BREAK SPACE}", " ") == WORDS[code][typed]


@pytest.mark.parametrize("code", HOME)
def test_every_amount_up_to_ten_thousand_has_words(code: str) -> None:
    """No number fails, and no two numbers share their words."""
    words = tongue(code).words
    found = {words(Money(Decimal(n), "EUR")) for n in range(1, 10_001)}
    assert len(found) == 10_000


FIGURES = [
    ("en", "1234.5 USD", "$1,234.50"),
    ("en", "-1234.5 USD", "−$1,234.50"),
    ("en", "1234.5 ISK", "ISK 1,235"),
    ("es", "1234.5 EUR", "1.234,50 €"),
    ("es", "0.125 EUR", "0,13 €"),
    ("is", "1234.5 ISK", "1.235 kr."),
    ("is", "1235.5 ISK", "1.236 kr."),
    ("is", "1234.5 EUR", "1.234,50 EUR"),
]


@pytest.mark.parametrize(("code", "typed", "printed"), FIGURES)
def test_a_sum_is_rounded_half_up_and_printed_as_the_language_does(code: str, typed: str, printed: str) -> None:
    """Babel alone would round half to even, and glue a code to its figures."""
    assert tongue(code).money(money(typed)).replace("\N{NO-BREAK SPACE}", " ") == printed


def test_dates_and_percentages_are_written_as_the_language_does() -> None:
    """A percentage keeps all its decimals."""
    day, share = date(2026, 11, 1), Decimal("0.015")
    found = [(tongue(code).date(day), tongue(code).percent(share)) for code in HOME]
    assert [tuple(part.replace("\N{NO-BREAK SPACE}", " ") for part in pair) for pair in found] == [
        ("November 1, 2026", "1.5%"),
        ("1 de noviembre de 2026", "1,5 %"),
        ("1. nóvember 2026", "1,5%"),
    ]


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("en", ["1 day", "2 days", "14 days", "21 days"]),
        ("es", ["1 día", "2 días", "14 días", "21 días"]),
        ("is", ["1 dagur", "2 dagar", "14 dagar", "21 dagur"]),
    ],
)
def test_a_number_of_days_is_counted_as_the_language_does(code: str, written: list[str]) -> None:
    """With the unit, which stays on the line of its number."""
    assert [tongue(code).days(count).replace("\N{NO-BREAK SPACE}", " ") for count in (1, 2, 14, 21)] == written
    assert " " not in tongue(code).hours(6)
