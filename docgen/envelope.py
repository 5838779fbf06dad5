"""Window envelopes, which are envelopes.yaml: what of a folded sheet shows however it lies in its envelope."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from docgen import shelf
from docgen.document import Box
from docgen.frozen import dataclass
from docgen.problem import Mark, stop

FILE = "envelopes.yaml"


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope as a sheet lies in it, in millimetres: the sheet's zones are seen at every position.

    Without a *sender* the return address stands above the other, or on the envelope itself if it is *printed* there.
    *reach* is what of the sheet shows at one position or another.
    """

    name: str
    sheet: str
    width: float
    height: float
    window: Box
    sender: Box | None
    folds: tuple[float, ...]
    grams: float
    printed: bool
    reach: tuple[Box, ...] = ()


def data() -> dict[str, Any]:
    """Return what envelopes.yaml holds."""
    return shelf.packaged(FILE)


def named(name: str, width: float, height: float) -> Envelope:
    """Return the envelope called *name* for a sheet of *width* and *height*; raises Problems if it is not whole."""
    found = data()[name]
    try:
        folds = tuple(float(fold) for fold in found["folds"])
        size = (float(found["envelope"]["width"]), float(found["envelope"]["height"]))
        sheet = Folded(width, height, folds, size)
        return Envelope(
            name=name,
            sheet=str(found["sheet"]),
            width=size[0],
            height=size[1],
            window=zone(found, "window", "zone", sheet),
            sender=zone(found, "sender", "sender_zone", sheet) if {"sender", "sender_zone"} & set(found) else None,
            folds=folds,
            grams=float(found["grams"]),
            printed=found.get("printed_sender") == "true",
            reach=(sheet.reach(hole(found["window"], size)),) if "window" in found else (),
        )
    except (KeyError, ValueError) as error:
        raise stop(f"the envelope `{name}` is not whole: {error}", Mark(FILE)) from None


@dataclass(frozen=True, slots=True)
class Folded:
    """A sheet of *width* and *height* with *folds*, in an *envelope*."""

    width: float
    height: float
    folds: tuple[float, ...]
    envelope: tuple[float, float]

    @property
    def play(self) -> tuple[float, float]:
        """Return how far it can move: across and up."""
        panels = [lower - upper for upper, lower in pairwise((0.0, *self.folds, self.height))]
        return self.envelope[0] - self.width, self.envelope[1] - max(panels)

    def seen(self, window: Box, clear: float) -> Box:
        """Return what of the sheet shows in a *window* of the envelope at every position, *clear* of its edges.

        The first panel lies on the bottom fold; what is shown at all positions is what is shown at the first and last.
        """
        across, up = self.play
        top = window.top - (self.envelope[1] - self.folds[0])
        return Box(
            window.left + clear, top + up + clear, window.width - across - 2 * clear, window.height - up - 2 * clear
        )

    def reach(self, window: Box) -> Box:
        """Return what of the sheet shows in a *window* of the envelope at one position or another."""
        across, up = self.play
        top = window.top - (self.envelope[1] - self.folds[0])
        return Box(window.left - across, top, window.width + across, window.height + up)


def hole(found: Any, size: tuple[float, float]) -> Box:  # noqa: ANN401 - a mapping of the file's
    """Return where the window *found* is in an envelope of that *size*."""
    width, height = float(found["width"]), float(found["height"])
    left = float(found["left"]) if "left" in found else size[0] - float(found["right"]) - width
    return Box(left, size[1] - float(found["bottom"]) - height, width, height)


def zone(found: Any, window: str, measured: str, sheet: Folded) -> Box:  # noqa: ANN401 - a mapping of the file's
    """Return what shows at every position: as *measured* on the sheet, or reckoned from the *window*."""
    if measured in found:
        return Box(*(float(found[measured][key]) for key in ("left", "top", "width", "height")))
    return sheet.seen(hole(found[window], sheet.envelope), float(found.get("clear", "0")))
