"""Write docgen/write/pdf/srgb.icc, the profile of sRGB as LittleCMS makes it, without the time it was made at.

Run it with `make profile`; the result is kept in the repository, and a test holds it against what Pillow's makes.
"""

from __future__ import annotations

from PIL import ImageCms

from docgen.write.pdf import srgb

DATE = slice(24, 36)  # of an ICC profile (ICC.1:2010, 7.2)
ID = slice(84, 100)


def made() -> bytes:
    """Return the profile."""
    found = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    found[DATE] = bytes((7, 208, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0))  # 1 January 2000
    found[ID] = bytes(16)
    return bytes(found)


if __name__ == "__main__":
    srgb.FILE.write_bytes(made())
