"""Write docgen/write/pdf/ready.txt: what the files of docgen's fonts say, so that no command has to ask them.

Run it with `make fonts`, behind build_fonts.py; the result is kept in the repository, and a test holds it against them.
"""

from __future__ import annotations

import base64
from dataclasses import fields
from typing import Any

from docgen.look.fonts import own_fonts
from docgen.ready import digest, lines
from docgen.write.pdf import embedding, fontfile, glyphs, kerning, ready


def made() -> bytes:
    """Return what there is to know of each font, by its hash."""
    return lines({digest(data): known(data) for data in set(own_fonts().values())})


def known(data: bytes) -> dict[str, Any]:
    """Return what the font in the file *data* says."""
    found = fontfile.measures(data)
    part = embedding.made(glyphs.of(found, kerning.Kerns(data, found.units), data, ""), embedding.COMMON)
    said = {field.name: getattr(part, field.name) for field in fields(part)}
    kerned = [chr(code) for code in found.numbers if embedding.common(chr(code)) and not kerning.apart(chr(code))]
    return {
        "units": found.units,
        "ascent": found.ascent,
        "descent": found.descent,
        "characters": "".join(map(chr, found.numbers)),
        "numbers": list(found.numbers.values()),
        "advances": list(found.advances.values()),
        "kerned": "".join(kerned),
        "kerns": kerns(data, kerned),
        "part": said | {name: base64.b64encode(said[name]).decode() for name in ready.PACKED},
    }


def kerns(data: bytes, kerned: list[str]) -> dict[str, dict[int, str]]:
    """Return, for each of the characters *kerned*, by how much which of them is moved behind it."""
    shaper = fontfile.Shaper(data)
    found: dict[str, dict[int, str]] = {}
    for pair in (first + second for first in kerned for second in kerned):
        added = shaper.kerning(pair)
        if added:
            beside = found.setdefault(pair[0], {})
            beside[added] = beside.get(added, "") + pair[1]
    return found


if __name__ == "__main__":
    ready.FILE.write_bytes(made())
