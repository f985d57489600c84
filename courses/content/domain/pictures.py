"""Tells what a picture file is by its content, and how large it is."""

import struct
from dataclasses import dataclass

from courses.content.domain.vector import PictureRefused, check_vector

MAX_PICTURE_BYTES = 4_000_000
MAX_SIDE = 10_000
SUFFIXES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
}
_JPEG_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3}


@dataclass(frozen=True)
class PictureFacts:
    """The content type of a picture and its size in pixels."""

    content_type: str
    width: int
    height: int


def examine_picture(name: str, content: bytes) -> PictureFacts:
    """Return what `content` is, or raise PictureRefused with a sentence that says why not.

    The name's ending must tell the truth; vector pictures may hold nothing that runs or
    that is fetched from elsewhere.
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in SUFFIXES:
        raise PictureRefused("Pictures end in .svg, .png, .jpg or .webp.")
    if len(content) > MAX_PICTURE_BYTES:
        raise PictureRefused(f"The picture is larger than {MAX_PICTURE_BYTES // 1_000_000} MB.")
    wanted = SUFFIXES[suffix]
    try:
        width, height = _measure(wanted, content)
    except (struct.error, IndexError) as cut:
        raise PictureRefused("The picture is cut short.") from cut
    # a drawing may leave its size to the page that shows it
    sizeless = suffix == ".svg" and (width, height) == (0, 0)
    if not sizeless and not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise PictureRefused(f"The picture's sides are not between 1 and {MAX_SIDE} pixels.")
    return PictureFacts(wanted, width, height)


def _measure(content_type: str, content: bytes) -> tuple[int, int]:
    if content_type == "image/svg+xml":
        return check_vector(content)
    if content_type == "image/png" and content.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content_type == "image/jpeg" and content.startswith(b"\xff\xd8\xff"):
        return _measure_jpeg(content)
    if content_type == "image/webp" and content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return _measure_webp(content)
    raise PictureRefused(f"The content of the file is not {content_type}, as its name says.")


def _measure_jpeg(content: bytes) -> tuple[int, int]:
    """Return the size that the frame header gives (ITU T.81, B.2.2)."""
    position = 2
    while content[position] == 0xFF:
        marker, length = struct.unpack(">xBH", content[position : position + 4])
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[position + 5 : position + 9])
            return width, height
        position += 2 + length
    raise PictureRefused("The picture has no frame.")


def _measure_webp(content: bytes) -> tuple[int, int]:
    """Return the size from the first chunk (RFC 9649, sections 2.5 to 2.7)."""
    chunk = content[12:16]
    if chunk == b"VP8X":
        width_low, width_high, height_low, height_high = struct.unpack("<HBHB", content[24:30])
        return 1 + (width_low | width_high << 16), 1 + (height_low | height_high << 16)
    if chunk == b"VP8L":
        (bits,) = struct.unpack("<I", content[21:25])
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    raise PictureRefused("The picture is no WebP that browsers know.")
