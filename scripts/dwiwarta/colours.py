"""Colours of a site's own: read, told apart from what lies behind them, and made for the dark."""

import colorsys
import re

# What articles stand on, light and dark, as in docs/assets/palette.css (paper, sheet); a test
# compares them.
GROUNDS = {"light": ("#fcfaf6", "#f4f0e8"), "dark": ("#171614", "#201e1b")}
LEAST = 4.5  # WCAG 2.2, 1.4.3 (AA), for text of ordinary size
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def parsed(text: str) -> str:
    """``#abc`` or ``#aabbcc`` as ``#aabbcc``. Raises ``ValueError``."""
    if not _HEX.fullmatch(text):
        raise ValueError(f"{text!r} is no colour; write it as in '#9c2328', in quotes")
    digits = text[1:].lower()
    return "#" + ("".join(digit * 2 for digit in digits) if len(digits) == 3 else digits)


def contrast(one: str, two: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def worst(colour: str, scheme: str) -> float:
    """The lowest contrast of text in ``colour`` in a scheme, "light" or "dark"."""
    return min(contrast(colour, ground) for ground in GROUNDS[scheme])


def for_dark(colour: str) -> str:
    """A tint of the same hue that can be read in the dark, with AAA's ratio of 7 where it can."""
    red, green, blue = (part / 255 for part in _parts(colour))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    for step in range(round(light * 100), 101):
        tint = colorsys.hls_to_rgb(hue, step / 100, full * 0.8)
        made = "#" + "".join(f"{round(part * 255):02x}" for part in tint)
        if worst(made, "dark") >= 7:
            return made
    return "#ffffff"


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
