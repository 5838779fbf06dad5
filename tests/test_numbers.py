"""Article numbers of the post and their check digits."""

from __future__ import annotations

import pytest

from docgen.post import numbers

GOOD = [
    "9400111206206406260787", "9400111201080805483016", "9405803699300124287899", "9434611206206406227577",
    "9505511069605048600624", "9361289878700317633795", "71123456789123456787", "03071790000523483741",
    "71969010756003077385", "RB123456785GB", "RB123456785US", "RR473124829IS",
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
        ("PQ43B40400O0222800010RN", "position 11 is `O`"),
        ("PQ43B4040000222800010RI", "position 23 is `I`"),
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
