"""How much room words take in the drawing of a timeline, and how they are cut to fit."""

_SIZE = 14.0


def text_width(text: str) -> float:
    """Return at least the width of `text` in the sans at the size of the drawing's words."""
    return _SIZE * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if ord(character) >= 0x2E80:
        return 1.0
    if character in " ijltfr.,;:'’|!()[]I-":
        return 0.32
    if character in "mwMWNOQGDHU—…%@&":
        return 0.85
    return 0.6 if character.isupper() else 0.52


def shortened(text: str, room: float) -> str:
    """Return as many whole words of `text` as `room` holds, with an ellipsis if not all."""
    if text_width(text) <= room:
        return text
    kept = ""
    for word in text.split(" "):
        longer = f"{kept} {word}" if kept else word
        if text_width(longer + "…") > room:
            break
        kept = longer
    if not kept:
        while text and text_width(text + "…") > room:
            text = text[:-1]
        kept = text
    return kept.rstrip(" ,;:.–—") + "…"
