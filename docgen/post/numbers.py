"""Article numbers of the post, held against their check digits; a number of no known kind is taken as it is.

USPS: Publication 199, Intelligent Mail package barcode, 22 digits, and the labels of 20 digits before it.
UPU: standard S10, 13 characters.
Correos: national registered items, 23 characters (Correos, API of preregistration, annex XI). How its last letter comes
about is not said there: it is that of a NIF, over the sum of the characters' ASCII codes, as published numbers show.
"""

from __future__ import annotations

import re
from itertools import accumulate, cycle

from docgen.records import typed
from docgen.source import Text

S10 = 13
S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
S10_LIKE = re.compile(r"(?=(?:.*\d){5})[A-Z]{2}[0-9A-Z]{9}[A-Z]{2}|[A-Z]{2}\d{7,11}[A-Z]{2}")
USPS = (20, 22)
# Of these lengths, or with the first digits of one of them and a digit too few or too many.
USPS_LIKE = re.compile(r"(?=.*\d{12})(?:[\dOIL]{20}|[\dOIL]{22}|9[1-5][\dOIL]{17,21}|7[\dOIL]{18,20})")
USPS_SERVICE = "91"  # stands before a number of 20 digits on some labels, where it counts for the check digit
GROUP = 4
ROUTED = re.compile(r"420(?:\d{5}|\d{9})(9\d{21})")  # a label's barcode has the addressee's ZIP code before the number
CORREOS = 23
CORREOS_LIKE = re.compile(r"(?=.*[0-9]{6})[A-Z]{2}[0-9A-Z]{21}")
CORREOS_CLIENT, CORREOS_DIGITS, CORREOS_POSTCODE = range(2, 6), range(6, 15), range(19, 22)
CORREOS_NEVER = "IOU"  # letters that a client's code has not
CORREOS_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"  # those of a NIF
CORREOS_PARTS = (2, 4, 2, 7, 2, 5, 1)  # product, client, channel, the client's own number, piece, postcode, check


def check(text: str) -> str:
    """Return the number in *text* without its spaces; raises ValueError with the position of what is mistyped."""
    bare = re.sub(r"[\s.-]", "", text).upper()
    routed = ROUTED.fullmatch(bare)
    if routed:
        return check(routed[1])
    if USPS_LIKE.fullmatch(bare):
        return usps(bare)
    if S10_LIKE.fullmatch(bare):
        return s10(bare)
    if CORREOS_LIKE.fullmatch(bare):
        return correos(bare)
    return " ".join(text.split())


def usps(number: str) -> str:
    """Return an article number of the USPS; raises ValueError if it is mistyped."""
    only_digits(number, range(len(number)), number)
    if len(number) not in USPS:
        raise ValueError(f"{number} has {len(number)} digits, and a number of the USPS has 20 or 22")
    right = usps_digit(number[:-1])
    if number[-1] == right or (len(number) == USPS[0] and number[-1] == usps_digit(USPS_SERVICE + number[:-1])):
        return number
    raise ValueError(mismatch(number, len(number), right))


def usps_digit(digits: str) -> str:
    """Return the check digit behind *digits*: weights of 3 and 1 from the right, up to the next ten."""
    return str(-sum(int(digit) * weight for digit, weight in zip(reversed(digits), cycle((3, 1)), strict=False)) % 10)


def s10(number: str) -> str:
    """Return an identifier of the postal union; raises ValueError if it is mistyped."""
    if len(number) != S10:
        found = len(number) - 4
        raise ValueError(f"{number} has {found} digits between its letters, and an S10 number has 9")
    only_digits(number, range(2, 11), number)
    right = s10_digit(number[2:10])
    if number[10] != right:
        raise ValueError(mismatch(number, 11, right))
    try:
        typed.country(Text(number[11:]))
    except ValueError:
        raise ValueError(f"{number} ends in {number[11:]}, position 12, which is the code of no country") from None
    return number


def s10_digit(digits: str) -> str:
    """Return the check digit behind the eight *digits*."""
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, S10_WEIGHTS, strict=True)) % 11
    return {10: "0", 11: "5"}.get(rest, str(rest))


def correos(number: str) -> str:
    """Return a national number of Correos; raises ValueError where a digit or a letter cannot be one."""
    for place in CORREOS_CLIENT:
        if number[place] in CORREOS_NEVER:
            raise ValueError(f"{number}: position {place + 1} is `{number[place]}`, which no client's code has")
    only_digits(number, CORREOS_DIGITS, number)
    only_digits(number, CORREOS_POSTCODE, number)
    if not number[-1].isalpha():
        raise ValueError(f"{number}: position {CORREOS} is `{number[-1]}`, and would be a letter")
    right = correos_letter(number[:-1])
    if number[-1] != right:
        raise ValueError(mismatch(number, CORREOS, right, "letter"))
    return number


def correos_letter(characters: str) -> str:
    """Return the check letter behind the 22 *characters*."""
    return CORREOS_LETTERS[sum(characters.encode("ascii")) % len(CORREOS_LETTERS)]


def of_usps(number: str) -> bool:
    """Return whether *number*, without spaces, is one of a package barcode of the USPS."""
    return len(number) == max(USPS) and number.isdecimal()


def shown(number: str) -> str:
    """Return *number* in groups that can be compared by eye."""
    if number.isdecimal():
        return " ".join(number[place : place + GROUP] for place in range(0, len(number), GROUP))
    if S10_LIKE.fullmatch(number) and len(number) == S10:
        return " ".join((number[:2], number[2:5], number[5:8], number[8:11], number[11:]))
    if CORREOS_LIKE.fullmatch(number):
        ends = [*accumulate(CORREOS_PARTS)]
        return " ".join(number[start:end] for start, end in zip([0, *ends], ends, strict=False))
    return number


def only_digits(number: str, places: range, shown: str) -> None:
    """Raise ValueError with the position of the first of *places* at which *number* has no digit."""
    for place in places:
        if not number[place].isdecimal():
            likely = {"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"}.get(number[place], "")
            hint = f"; did you mean {likely}?" if likely else ""
            raise ValueError(f"{shown}: position {place + 1} is `{number[place]}`, and would be a digit{hint}")


def mismatch(number: str, position: int, right: str, kind: str = "digit") -> str:
    """Return the message for a check digit, or one of another *kind*, that what stands before it does not give."""
    found, others = number[position - 1], "digits" if kind == "digit" else "signs"
    return (
        f"{number} is mistyped: its check {kind}, position {position}, is {found}, "
        f"and the {others} before it give {right}; compare it one by one"
    )
