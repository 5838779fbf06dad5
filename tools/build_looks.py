"""Write docgen/look/ready.txt: what reading the houses that come with docgen says, so that no command has to.

Run it with `make house`, behind build_house.py; the result is kept in the repository, and a test holds it against them.
"""

from __future__ import annotations

from dataclasses import asdict

from docgen.look import reading, ready
from docgen.press import HOUSES
from docgen.ready import digest, lines
from docgen.shelf import EXAMPLE, Shelf

LEFT_OUT = {"name", "template", "fonts", "remarks"}  # the house itself, the family that all have, and nothing


def made() -> bytes:
    """Return the looks of the houses by their hashes."""
    found = {}
    for path in (f"{house}/house.docx" for house in HOUSES):
        data = Shelf(EXAMPLE).read(path) or b""
        look = asdict(reading.read(data, path))
        found[digest(data)] = {name: said for name, said in look.items() if name not in LEFT_OUT}
    return lines(found)


if __name__ == "__main__":
    ready.FILE.write_bytes(made())
