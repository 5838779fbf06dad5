"""Which countries there are is known without loading their names."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from docgen.records import typed
from docgen.source import Text

CODES = re.compile("[A-Z]{2}")


def test_a_country_is_known_if_it_has_a_name() -> None:
    """And is not one of the groupings and stand-ins that the CLDR has names for too."""
    for code in filter(CODES.fullmatch, Locale("en").territories):
        if code in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}:
            with pytest.raises(ValueError, match="is not the code of a country"):
                typed.country(Text(code))
        else:
            assert typed.country(Text(code)) == code
