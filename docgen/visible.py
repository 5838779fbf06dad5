"""Text as a terminal may be given it: what it would obey, and not show, stands there by its number."""

from __future__ import annotations

import unicodedata

OBEYED = {"Cc", "Cf", "Zl", "Zp"}  # categories of characters


def visible(text: str, kept: str = "") -> str:
    """Return *text* with the number of each character that a terminal obeys in its place, but for those *kept*."""
    bare = text
    for sign in ("", *kept):  # which is many times faster than str.translate where a text is not all ASCII
        bare = bare.replace(sign, "")
        if bare.isprintable():  # nothing that is obeyed is
            return text
    return "".join(escaped(ord(sign)) if sign not in kept and obeyed(sign) else sign for sign in text)


def obeyed(sign: str) -> bool:
    """Return whether a terminal does something at *sign*, and shows nothing for it."""
    return unicodedata.category(sign) in OBEYED


def escaped(code: int) -> str:
    """Return the character with this *code* as programs write it, after a backslash."""
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004
