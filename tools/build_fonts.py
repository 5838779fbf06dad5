"""Build docgen/fonts from the variable Source Sans 3 of the fontpkg-source-sans-3 package.

reportlab embeds static TrueType outlines only, and text set without ligatures can be searched and copied.
The faces are instanced, cut down to Latin, Greek, Cyrillic and the signs of business letters, and renamed,
because the licence reserves the name "Source". Run it with `make fonts`; the result is kept in the repository.
"""

from __future__ import annotations

import importlib.resources
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

FAMILY = "Docgen Sans"
FACES = {"Regular": ("", 400), "Bold": ("", 700), "Italic": ("Italic", 400)}
LETTERS = [(0x20, 0x7E), (0xA0, 0x17F), (0x18F, 0x18F), (0x192, 0x192), (0x1A0, 0x1A1), (0x1AF, 0x1B0)]
LETTERS += [(0x1CD, 0x1DC), (0x1E6, 0x1E7), (0x1F4, 0x1F5), (0x1FA, 0x21B), (0x232, 0x233), (0x259, 0x259)]
LETTERS += [(0x2BB, 0x2BC), (0x2C6, 0x2DD), (0x300, 0x304), (0x306, 0x30C), (0x323, 0x328), (0x1E80, 0x1EF9)]
LETTERS += [(0x37E, 0x3CE), (0x400, 0x45F), (0x490, 0x491), (0x1E9E, 0x1E9E)]
SIGNS = [(0x2002, 0x2003), (0x2007, 0x2009), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026)]
SIGNS += [(0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x2070, 0x2089)]
SIGNS += [(0x20A0, 0x20BF), (0x2113, 0x2113), (0x2116, 0x2117), (0x2122, 0x2122), (0x2153, 0x215E)]
SIGNS += [(0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2260, 0x2265), (0x2610, 0x2611), (0x2713, 0x2713)]
NAMES = {
    1: FAMILY,
    16: FAMILY,
    4: f"{FAMILY} {{face}}",
    6: "DocgenSans-{face}",
    2: "{face}",
    17: "{face}",
    3: "docgen {face}",
}


def variable(slant: str) -> Path:
    """Return the variable font file for *slant*, ``""`` or ``"Italic"``."""
    folder = Path(str(importlib.resources.files("fontpkg_source_sans_3")))
    found = sorted(p for p in folder.rglob("*.ttf") if ("Italic" in p.name) == bool(slant))
    return found[0]


def build(face: str, folder: Path) -> None:
    """Write the *face* of FACES into *folder*."""
    slant, weight = FACES[face]
    font = instantiateVariableFont(TTFont(variable(slant), recalcTimestamp=False), {"wght": weight}, inplace=True)
    options = Options(layout_features=["kern", "mark", "mkmk", "ccmp", "locl"], hinting=False, notdef_outline=True)
    options.name_IDs = ["*"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in LETTERS + SIGNS for code in range(first, last + 1)])
    subsetter.subset(font)
    for record in list(font["name"].names):
        if record.nameID in NAMES:
            record.string = NAMES[record.nameID].format(face=face)
        elif record.nameID not in (0, 5, 13, 14):
            font["name"].removeNames(nameID=record.nameID)
    font["OS/2"].fsType = 0
    font["OS/2"].fsSelection = {"Regular": 0x40, "Bold": 0x20, "Italic": 0x01}[face]
    font["head"].macStyle = {"Regular": 0, "Bold": 1, "Italic": 2}[face]
    font.save(folder / f"DocgenSans-{face}.ttf", reorderTables=True)


if __name__ == "__main__":
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "docgen/fonts")
    for name in FACES:
        build(name, target)
