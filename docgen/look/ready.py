"""The looks of the houses that come with docgen, worked out when they were built.

ready.txt has for the hash of each house what reading it says, and a test that this is what it says today. Any other
house is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docgen import ready
from docgen.look.fonts import FAMILY, own_fonts
from docgen.look.stationery import Form, Furniture, Stationery, Stop
from docgen.look.style import Level, Line, Style, TableRules

FILE = Path(__file__).with_name("ready.txt")


def find(data: bytes) -> dict[str, Any] | None:
    """Return the fields of the look of the house in the file *data*, None if it is not one of ours."""
    said = ready.find(FILE, data)
    if said is None:
        return None
    table = said["table"]
    found: dict[str, Any] = said | {
        "styles": {name: _style(each) for name, each in said["styles"].items()},
        "levels": {name: Level(**each) for name, each in said["levels"].items()},
        "fonts": {FAMILY: own_fonts()},
        "table": TableRules(Line(**table["head"]), Line(**table["foot"]), table["padding"]),
        "stationery": Stationery(**{name: _furniture(each) for name, each in said["stationery"].items()}),
        "remarks": (),
    }
    return found


def _furniture(said: dict[str, Any]) -> Furniture:
    """Return the header or footer that is *said*; none of ours has a picture."""
    forms = (Form(_style(each["style"]), tuple(Stop(**stop) for stop in each["stops"])) for each in said["forms"])
    return Furniture(said["source"], tuple(forms), tuple(map(_style, said["styles"])))


def _style(said: dict[str, Any]) -> Style:
    """Return the style that is *said*."""
    return Style(**said | {"border_bottom": _line(said["border_bottom"])})


def _line(said: dict[str, Any] | None) -> Line | None:
    """Return the rule that is *said*, if any is."""
    return None if said is None else Line(**said)
