"""A law: what of it the plan and the letters go by; all of it is jurisdictions/<code>.yaml."""

from __future__ import annotations

from dataclasses import dataclass

from docgen.problem import Mark, stop
from docgen.records.book import Kind
from docgen.shelf import Shelf
from docgen.source import Map

FOLDER = "jurisdictions"


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """A law, called *code*; *notice_days* is the least time a final notice leaves, by kind of client."""

    code: str
    notice_days: dict[Kind, int]


def read(shelf: Shelf, code: str) -> Jurisdiction:
    """Return the law called *code*; raises Problems if its file does not say all that is needed."""
    found = shelf.data(FOLDER, code)
    notice = found.root.get("final_notice")
    days = notice.get("days") if isinstance(notice, Map) else None
    if not isinstance(days, Map):
        raise stop("the law has no `final_notice` with `days`", Mark(found.name))
    try:
        return Jurisdiction(code, {kind: int(str(days[kind.value])) for kind in Kind})
    except (KeyError, ValueError) as error:
        raise stop(
            f"`final_notice` needs whole `days` for business, consumer and public: {error}", Mark(found.name)
        ) from None
