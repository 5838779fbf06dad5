"""Envelopes and labels for letters, and a sheet to hold against a window envelope."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from docgen import paper, shelf
from docgen.compose import desk as at
from docgen.compose.desk import Desk
from docgen.document import Box
from docgen.plan import Job
from docgen.problem import Mark, stop
from docgen.write.pdf import plain
from docgen.write.pdf.plain import Frame, Sheet, Words

FILE = "labels.yaml"
EDGE = 10.0  # of an envelope that is left free
SENDER = Box(EDGE, EDGE, 75, 20)
SENDER_SIZE = 9.0
STAMP = 40.0  # millimetres above the address for what the post prints and sticks on
PADDING = 4.0  # of a label


def labels() -> dict[str, Any]:
    """Return what labels.yaml holds."""
    return shelf.packaged(FILE)


def envelopes(desk: Desk, jobs: Sequence[Job]) -> bytes:
    """Return an envelope for each of *jobs*, of the size of the business's own, without regard to its window."""
    business = desk.book.business
    cover = paper.folded(desk.paper.name, desk.paper.envelope)
    box = Box(cover.width * 0.45, STAMP, cover.width * 0.55 - EDGE, cover.height - STAMP - EDGE)
    sender = Words(SENDER, (business.name, *business.address), business.name, SENDER_SIZE)
    sheets = (
        Sheet(cover.width, cover.height, (sender, Words(box, at.address(desk, job.client), job.client.id)))
        for job in jobs
    )
    return plain.write(sheets, "Envelopes")


def sheets_of_labels(desk: Desk, jobs: Sequence[Job], name: str, start: int) -> bytes:
    """Return labels for *jobs* on the sheets called *name*, from the label numbered *start*, left to right, then down.

    Raises Problems if there is no such label on a sheet.
    """
    found = {key: float(value) for key, value in labels()[name].items() if key != "sheet"}
    count = int(found["columns"] * found["rows"])
    if not 1 <= start <= count:
        raise stop(f"a sheet of {name} has the labels 1 to {count}, and no {start}", Mark("--start"))
    return plain.write(filled(desk, jobs, name, start - 1, found), "Labels")


def filled(desk: Desk, jobs: Sequence[Job], name: str, before: int, found: dict[str, float]) -> Iterator[Sheet]:
    """Yield the sheets called *name* for *jobs*, so many labels of the first left free as were used *before*."""
    sheet = paper.data()[labels()[name]["sheet"]]
    columns = int(found["columns"])
    count = columns * int(found["rows"])
    clients = [None] * before + [job.client for job in jobs]
    for first in range(0, len(clients), count):
        words = []
        for place, client in enumerate(clients[first : first + count]):
            if client:
                row, column = divmod(place, columns)
                left, top = found["left"] + column * found["across"], found["top"] + row * found["down"]
                box = Box(left + PADDING, top + PADDING / 2, found["width"] - 2 * PADDING, found["height"] - PADDING)
                words.append(Words(box, at.address(desk, client), client.id, centred=True))
        yield Sheet(float(sheet["width"]), float(sheet["height"]), tuple(words))


def trial(desk: Desk) -> bytes:
    """Return a sheet to print, fold and put into the envelope: what has to show stands inside the solid frames."""
    sheet = desk.paper
    cover = paper.folded(sheet.name, sheet.envelope)
    tongue = desk.tongue(desk.book.business.language)
    zones = [cover.window, *([cover.sender] if cover.sender else [])]
    frames = [Frame(zone) for zone in zones]
    frames += [Frame(box, dashed=True) for box in cover.reach]
    frames += [Frame(Box(0, fold, sheet.width, 0), dashed=True) for fold in sheet.folds]
    text = tongue.label("list.window", name=sheet.envelope)
    words = [Words(Box(25, sheet.folds[0] + 8, sheet.width - 50, 10), (text,), sheet.envelope)]
    sizes = (f"{cover.width:g} x {cover.height:g} mm", *(f"{z.width:.1f} x {z.height:.1f} mm" for z in zones))
    words += [Words(Box(25, sheet.folds[0] + 18, sheet.width - 50, 20), sizes, sheet.envelope, SENDER_SIZE)]
    return plain.write([Sheet(sheet.width, sheet.height, tuple(words), tuple(frames))], sheet.envelope)
