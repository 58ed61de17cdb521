"""Text in lines of one width: broken, evened out, and cut where there is no room."""

from dwiwarta.render.social.faces import Face

ELLIPSIS = "…"
_STEPS = 6  # halvings by which the narrowest width is looked for
_BEFORE_ELLIPSIS = " ,;:–—-.(“‘"


def broken(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """A drawable text in lines of at most ``width``, no more than it needs, evenly filled."""
    lines = _filled(text, face, size, width)
    if len(lines) < 2:
        return lines
    low, high = width / 2, width
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if len(narrower := _filled(text, face, size, middle)) > len(lines):
            low = middle
        else:
            high, lines = middle, narrower
    return lines


def cut(
    lines: tuple[str, ...], most: int, face: Face, size: float, width: float
) -> tuple[str, ...]:
    """The first lines, with an ellipsis at the end if there are more."""
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], shortened(" ".join(lines[most - 1 :]), face, size, width))


def shortened(text: str, face: Face, size: float, width: float) -> str:
    """A drawable text in one line, with an ellipsis where it is too long."""
    if face.width(text, size) <= width:
        return text
    words = text.split(" ")
    while len(words) > 1:
        words.pop()
        shorter = " ".join(words).rstrip(_BEFORE_ELLIPSIS) + ELLIPSIS
        if face.width(shorter, size) <= width:
            return shorter
    word = words[0]
    while word and face.width(word + ELLIPSIS, size) > width:
        word = word[:-1]
    return word + ELLIPSIS


def _filled(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        if face.width(longer := f"{line} {word}" if line else word, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        line = word
        while face.width(line, size) > width:  # a word, or an address, that fits in no line
            at = len(line) - 1
            while at > 1 and face.width(line[:at], size) > width:
                at -= 1
            lines.append(line[:at])
            line = line[at:]
    return (*lines, line) if line else tuple(lines)
