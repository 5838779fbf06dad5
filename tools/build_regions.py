"""Write docgen/regions.txt: the regions of each country as the `holidays` package has them, so that it loads later.

Run it with `make regions`; the result is kept in the repository, and a test holds it against the package.
"""

from __future__ import annotations

import holidays

from docgen import workday


def made() -> bytes:
    """Return a line for each country that has any, its regions after its code."""
    found = {country: workday.regions(country) for country in holidays.list_supported_countries(include_aliases=False)}
    lines = ("\t".join((country, *codes)) + "\n" for country, codes in sorted(found.items()) if codes)
    return "".join(lines).encode()


if __name__ == "__main__":
    workday.LISTED.write_bytes(made())
