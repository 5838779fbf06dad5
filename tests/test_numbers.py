"""Article numbers of the post and their check digits."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image

from docgen.post import barcode, numbers

GOOD = [
    "9400111206206406260787", "9400111201080805483016", "9405803699300124287899", "9434611206206406227577",
    "9505511069605048600624", "9361289878700317633795", "71123456789123456787", "03071790000523483741",
    "71969010756003077385", "RB123456785GB", "RB123456785US", "RR473124829IS",
    "PQ4F6P0704104480181750Q", "PQ4F6P0705159770184410W", "PQ4F6P0705905960188365S", "PQ4F6P0703142520133205G",
    "PQ4F6P0702441170181750Z", "PQAZXT9800005660128110S",
]  # fmt: skip


@pytest.mark.parametrize("number", GOOD)
def test_a_number_with_its_check_digit_is_taken(number: str) -> None:
    """Also in groups and in small letters."""
    spaced = " ".join(number[index : index + 4] for index in range(0, len(number), 4))
    assert numbers.check(number) == numbers.check(spaced.lower()) == number


@pytest.mark.parametrize("number", [number for number in GOOD if number.isdecimal() and len(number) == 22])
def test_any_one_wrong_digit_is_refused(number: str) -> None:
    """At every place."""
    for place in range(len(number)):
        other = str((int(number[place]) + 3) % 10)
        with pytest.raises(ValueError, match=r"its check digit, position 22, is"):
            numbers.check(number[:place] + other + number[place + 1 :])


def test_every_wrong_digit_of_correos_is_refused() -> None:
    """Its check letter is the last sign."""
    number = "PQ4F6P0704104480181750Q"
    for place in range(6, 22):
        mistyped = f"{number[:place]}{(int(number[place]) + 1) % 10}{number[place + 1 :]}"
        with pytest.raises(ValueError, match="its check letter, position 23, is Q, and the signs before it give"):
            numbers.check(mistyped)


def test_every_wrong_digit_of_the_postal_union_is_refused() -> None:
    """Its check digit is the ninth."""
    for place in range(2, 10):
        digit = "RR473124829IS"[place]
        mistyped = f"{'RR473124829IS'[:place]}{(int(digit) + 1) % 10}{'RR473124829IS'[place + 1 :]}"
        with pytest.raises(ValueError, match="position 11, is 9, and the digits before it give"):
            numbers.check(mistyped)


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("94001112062064062607O7", "position 21 is `O`, and would be a digit; did you mean 0"),
        ("940011120620640626078", "has 21 digits, and a number of the USPS has 20 or 22"),
        ("RB12345678GB", "has 8 digits between its letters, and an S10 number has 9"),
        ("RB123456785ZZ", "ends in ZZ, position 12, which is the code of no country"),
        ("PQ43B40400O02228000100N", "position 11 is `O`"),
        ("PQ43B404000022280001007", "position 23 is `7`, and would be a letter"),
        ("PQ4IB40400002228000100N", "position 4 is `I`, which no client's code has"),
        ("PQ43B404000022280001O0N", "position 21 is `O`, and would be a digit; did you mean 0"),
    ],
)
def test_a_mistyped_number_is_refused_with_the_position(number: str, message: str) -> None:
    """And what would be right, where that is known."""
    with pytest.raises(ValueError, match=message):
        numbers.check(number)


@pytest.mark.parametrize("number", ["1Z999AA10123456784", "RB 12", "JD0002", "JJD000390007882823", "123456789012"])
def test_a_number_of_another_kind_is_taken_as_it_is(number: str) -> None:
    """Other carriers have other numbers."""
    assert numbers.check(number) == number


def test_the_zip_code_before_a_number_is_left_out() -> None:
    """A scanner reads it with the barcode."""
    assert numbers.check("420972049400111206206406260787") == "9400111206206406260787"


@pytest.mark.parametrize("number", ["HANDDELIVERED", "01234567890123456789012", "9912345678901234567"])
def test_words_and_long_numbers_of_others_are_none_of_these(number: str) -> None:
    """Of 23 digits, Correos Express; of letters only, a remark."""
    assert numbers.check(number) == number


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("9400111206206406260787", "9400 1112 0620 6406 2607 87"),
        ("RR473124829IS", "RR 473 124 829 IS"),
        ("PQ43B40400002228000100L", "PQ 43B4 04 0000222 80 00100 L"),
        ("1Z999AA10123456784", "1Z999AA10123456784"),
    ],
)
def test_a_number_is_shown_in_groups(number: str, shown: str) -> None:
    """As its parts are."""
    assert numbers.shown(numbers.check(number)) == shown


@pytest.mark.parametrize("number", [*GOOD, "PQ43B40400002228000100L", "1Z999AA10123456784", "1", "a~ b", "12345"])
@pytest.mark.parametrize("gs1", [False, True])
def test_the_bars_of_a_number_are_read_by_a_scanner(number: str, *, gs1: bool) -> None:
    """Whichever sets it takes; as GS1-128 only where it is one."""
    modules = barcode.bars(number, gs1=gs1)
    image = Image.new("1", (len(modules) + 20, 40), 1)
    for x, dark in enumerate(modules, start=10):
        for y in range(40 if dark else 0):
            image.putpixel((x, y), 0)
    (found,) = zxingcpp.read_barcodes(image.resize((image.width * 3, 120)))
    assert (found.bytes.decode(), found.format) == (number, zxingcpp.BarcodeFormat.Code128)
    assert found.symbology_identifier == ("]C1" if gs1 else "]C0")


def test_a_character_that_bars_cannot_have_is_refused() -> None:
    """It would be another number."""
    with pytest.raises(ValueError, match="a character that a Code 128 cannot have"):
        barcode.bars("Ñ1")
