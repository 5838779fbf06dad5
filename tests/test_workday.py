"""What is known of countries without loading their holidays is what loading them would say."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from docgen import workday
from docgen.records import typed
from docgen.source import Text

CODES = re.compile("[A-Z]{2}")


def test_the_regions_listed_are_those_of_the_holidays() -> None:
    """If not, `make regions` writes them anew."""
    import holidays  # noqa: PLC0415 - it takes a while to load

    found = {country: workday.regions(country) for country in holidays.list_supported_countries(include_aliases=False)}
    assert {country: tuple(codes) for country, codes in workday.listed().items()} == {
        country: codes for country, codes in found.items() if codes
    }


def test_a_country_is_known_if_it_has_a_name() -> None:
    """And is not one of the groupings and stand-ins that the CLDR has names for too."""
    for code in filter(CODES.fullmatch, Locale("en").territories):
        if code in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}:
            with pytest.raises(ValueError, match="is not the code of a country"):
                typed.country(Text(code))
        else:
            assert typed.country(Text(code)) == code
