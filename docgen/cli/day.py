"""A date on the command line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click


class Day(click.ParamType[date]):
    """A date as the commands take it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date; fails as wrong usage for anything but year-month-day."""
        from docgen.records import typed  # noqa: PLC0415 - it takes a while to load
        from docgen.source import Text  # noqa: PLC0415

        try:
            return value if isinstance(value, date) else typed.day(Text(value))
        except ValueError as error:
            self.fail(str(error), param, ctx)
