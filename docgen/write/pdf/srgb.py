"""What the colors of a PDF mean: the profile of sRGB."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("srgb.icc")


@cache
def profile() -> bytes:
    """Return the profile, which tools/build_profile.py makes."""
    return FILE.read_bytes()
