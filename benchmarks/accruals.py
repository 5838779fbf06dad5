"""Counts how many late fees a second are computed over all laws with interest: `make bench`."""

from __future__ import annotations

import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from docgen import interest, jurisdiction
from docgen.money import Money
from docgen.records.book import Kind
from docgen.shelf import Shelf

COUNT = 100_000


def main() -> None:
    """Compute COUNT late fees and print the rate."""
    laws = [jurisdiction.read(Shelf(Path()), code) for code in ("de", "es", "eu", "ie", "is", "uk")]
    first = date(2024, 1, 1)
    start = time.perf_counter()
    for number in range(COUNT):
        law = laws[number % len(laws)]
        due = first + timedelta(number % 365)
        owed = Money(Decimal(100 + number % 9900), law.currency)
        interest.statutory(owed, due, due + timedelta(1 + number % 400), law, Kind.BUSINESS)
    spent = time.perf_counter() - start
    print(f"{COUNT} late fees in {spent:.1f} s, {COUNT / spent:,.0f} a second")  # noqa: T201 - the result


if __name__ == "__main__":
    main()
