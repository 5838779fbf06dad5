"""A picture in house.docx, made ready for a PDF: sRGB or gray, its transparency beside it, packed once."""

from __future__ import annotations

import io
import zlib

from PIL import Image, ImageCms, UnidentifiedImageError

from docgen.look.picture import Picture

FORMATS = ("PNG", "JPEG", "GIF")
LARGEST = 5 * 1024 * 1024  # bytes
MOST = 20_000_000  # pixels
QUALITY = 92  # of a JPEG made anew
DRAWINGS = {b"\x01\x00\x00\x00": "an EMF drawing", b"\xd7\xcd\xc6\x9a": "a WMF drawing"}
BROKEN = (OSError, SyntaxError, ValueError, EOFError, IndexError, Image.DecompressionBombError, zlib.error)
END = b"\xff\xd9"  # of a JPEG


Crop = tuple[float, float, float, float]  # the shares cut off at left, top, right and bottom
WHOLE: Crop = (0.0, 0.0, 0.0, 0.0)


def read(data: bytes, crop: Crop = WHOLE) -> Picture:
    """Return the picture in the file *data*, cut as *crop* says; raises ValueError with what an owner can mend."""
    if len(data) > LARGEST:
        raise ValueError(f"has {len(data) / 1024 / 1024:.1f} MB; use one of at most {LARGEST // 1024 // 1024} MB")
    drawing = _drawing(data)
    if drawing:
        raise ValueError(f"is {drawing}; save it as PNG and insert that")
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            _check(image)
            image.load()
            return _picture(image, data, crop)
    except UnidentifiedImageError:
        raise ValueError("is neither PNG nor JPEG; save it as PNG and insert that") from None
    except _Refused as wrong:
        raise ValueError(str(wrong)) from None
    except BROKEN as error:
        raise ValueError(f"is damaged ({error}); save it anew as PNG and insert that") from None


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """A picture that is whole but cannot be used."""


def _drawing(data: bytes) -> str:
    """Return what kind of drawing the file *data* holds, empty for none."""
    if b"<svg" in data[:4096].lower():
        return "an SVG drawing"
    return next((name for start, name in DRAWINGS.items() if data.startswith(start)), "")


def _check(image: Image.Image) -> None:
    """Raise _Refused if *image*, of which only the head was read, is too large or moves."""
    if image.width * image.height > MOST:
        millions = image.width * image.height / 1_000_000
        raise _Refused(f"has {millions:.1f} megapixels; use one of at most {MOST // 1_000_000}")
    if getattr(image, "is_animated", False):
        raise _Refused("is animated, and paper is not; save a single frame as PNG and insert that")


def _picture(image: Image.Image, data: bytes, crop: Crop) -> Picture:
    """Return *image*, read from the file *data*, as a PDF holds it."""
    if image.format == "JPEG" and image.mode in {"RGB", "L"} and crop == WHOLE and _is_srgb(image):
        return _jpeg(image, data)
    jpeg = image.format == "JPEG"
    image, mask = _parted(_in_srgb(image))
    box = _box(image, crop)
    image, mask = image.crop(box), mask.crop(box) if mask else None
    if jpeg:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=QUALITY, subsampling=0)
        return _jpeg(image, file.getvalue())
    opacity = zlib.compress(mask.tobytes(), 9) if mask else b""
    return Picture(
        image.width, image.height, image.mode == "L", jpeg=False, data=zlib.compress(image.tobytes(), 9), mask=opacity
    )


def _jpeg(image: Image.Image, data: bytes) -> Picture:
    """Return *image*, which is the file *data*, without what may follow its end."""
    return Picture(image.width, image.height, image.mode == "L", jpeg=True, data=data[: data.rindex(END) + len(END)])


def _box(image: Image.Image, crop: Crop) -> tuple[int, int, int, int]:
    """Return the pixels of *image* that *crop* leaves, one at the least."""
    left, top, right, bottom = crop
    x, y = min(round(left * image.width), image.width - 1), min(round(top * image.height), image.height - 1)
    return (
        max(x, 0),
        max(y, 0),
        min(max(round((1 - right) * image.width), x + 1), image.width),
        min(max(round((1 - bottom) * image.height), y + 1), image.height),
    )


def _parted(image: Image.Image) -> tuple[Image.Image, Image.Image | None]:
    """Return *image* in gray or RGB, and how opaque each pixel is if any is not."""
    if image.has_transparency_data:
        full = image.convert("RGBA")
        mask = full.getchannel("A")
        plain = full.convert("L" if image.mode in {"L", "LA", "1"} else "RGB")
        return plain, None if mask.getextrema() == (255, 255) else mask
    if image.mode.startswith("I"):  # 16 bits of gray, of which the upper 8 are kept
        return image.convert("I").point(lambda gray: gray / 256).convert("L"), None
    return image.convert("L" if image.mode in {"L", "1"} else "RGB"), None


def _is_srgb(image: Image.Image) -> bool:
    """Return whether the numbers of *image* mean what they mean in sRGB."""
    profile = _profile(image)
    return profile is None or "sRGB" in ImageCms.getProfileDescription(profile)


def _in_srgb(image: Image.Image) -> Image.Image:
    """Return *image* in the colors of sRGB, where its file says in which others it is."""
    profile = _profile(image)
    if profile is None or image.mode not in {"RGB", "CMYK"} or _is_srgb(image):
        return image
    try:
        found = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except ImageCms.PyCMSError:  # a profile for other colors than the picture's
        return image
    return found or image


def _profile(image: Image.Image) -> ImageCms.ImageCmsProfile | None:
    """Return the profile of colors in the file of *image*, if there is one that can be read."""
    data = image.info.get("icc_profile")
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(data)) if data else None
    except (OSError, ImageCms.PyCMSError):
        return None
