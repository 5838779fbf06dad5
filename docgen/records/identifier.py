"""Checks the numbers of accounts, banks and taxpayers by their check digits; each is kept as it was typed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Protocol

from docgen.records import typed
from docgen.source import Text

EUROPE = "AT BE BG CH CY CZ DE DK EE FI FR GB GR HR HU IE IT LT LU LV MT NL NO PL PT RO SE SI SK"
ONLY = {"ES": "NIF", "IS": "kennitala"}  # countries where a tax number is of this kind and no other
KINDS = dict.fromkeys(EUROPE.split(), ("vat",)) | {"ES": ("nif",), "IS": ("kennitala", "vsk")}
PREFIXES = {country: country for country in KINDS} | {"EL": "GR", "XI": "GB"}
PREFIXED = re.compile(r"([A-Z]{2})[A-Z]{0,2}[0-9]")
EIN, LIKE_EIN = "[0-9]{2}-[0-9]{7}", "[0-9]{2}-[0-9]*"
GERMAN_BUSINESS = re.compile(r"(DE[0-9]{9})[0-9]{5}")  # its VAT number, and which of its activities
KEPT = 1_000  # numbers, as branches of a business have one in common
CHECK = "its check digit does not fit, so a sign in it is wrong or missing"
PART = "a part of it, such as a date or a country, cannot be"
SHAPE = "it has too few signs, too many, or wrong ones"


class Scheme(Protocol):
    """A kind of number, as a module of stdnum knows it."""

    def validate(self, number: str, /) -> str:
        """Return *number* without what parts its groups; raises ValidationError if it is none of the kind."""


def iban(text: Text) -> str:
    """Return the number of an account; raises ValueError if it cannot be one."""
    from stdnum import iban as scheme  # noqa: PLC0415 - it reads a table of countries

    found = typed.line(text)
    if wrong := fault(found, scheme):
        raise ValueError(f"{found!r} cannot be an IBAN: {wrong}")
    return found


def bic(text: Text) -> str:
    """Return the code of a bank; raises ValueError if it cannot be one."""
    from stdnum import bic as scheme  # noqa: PLC0415 - only who has one needs it

    found = typed.line(text)
    if fault(found, scheme):
        right = "four letters for the bank, two for its country, two signs for its place and, for a branch, three more"
        raise ValueError(f"{found!r} cannot be a BIC: that has {right}")
    return found


def tax_id(text: Text, country: str) -> str:
    """Return the tax number of someone in *country*; raises ValueError if it is of a known kind and mistyped.

    Everyone may have the VAT number of another country, told by its prefix, and in most countries a number of a kind
    that is not known here.
    """
    found = typed.line(text)
    number = GERMAN_BUSINESS.sub(r"\1", re.sub(r"[\s.\u2010-\u2013-]", "", found).upper())
    mark = PREFIXED.match(number)
    prefix = PREFIXES.get(mark[1], "") if mark else ""
    if country == "US" and re.fullmatch(LIKE_EIN, found) and not re.fullmatch(EIN, found):
        raise ValueError(f"{found!r} cannot be an EIN: {SHAPE}; an EIN looks like 12-3456789")
    here = mistake(number, country)
    abroad = mistake(number, prefix) if here != "" and prefix != country else None
    if abroad == CHECK:
        raise ValueError(f"{found!r} cannot be a VAT number of {prefix}: {CHECK}")
    if here and abroad != "" and (country in ONLY or prefix == country or here == CHECK):
        raise ValueError(f"{found!r} cannot be a {ONLY.get(country, f'VAT number of {country}')}: {here}")
    return found


@lru_cache(maxsize=KEPT)
def mistake(number: str, country: str) -> str | None:
    """Return why *number* is none of the kinds known of *country*, empty if it is one, None if none is known."""
    wrong = []
    for scheme in schemes(country):
        why = fault(number, scheme)
        if not why:
            return ""
        wrong.append(why)
    return min(wrong, key=[CHECK, PART, SHAPE].index, default=None)


def fault(number: str, scheme: Scheme) -> str:
    """Return why *number* is none of *scheme*, empty if it is one."""
    from stdnum import exceptions  # noqa: PLC0415 - only who has a number needs it

    try:
        scheme.validate(number)
    except exceptions.InvalidChecksum:
        return CHECK
    except exceptions.InvalidComponent:
        return PART
    except exceptions.ValidationError:
        return SHAPE
    return ""


@cache
def schemes(country: str) -> tuple[Scheme, ...]:
    """Return the kinds of tax numbers known of *country*."""
    from stdnum import get_cc_module  # noqa: PLC0415 - only who has a number needs it

    found = (get_cc_module(country.lower(), kind) for kind in KINDS.get(country, ()))
    return tuple(scheme for scheme in found if scheme is not None)
