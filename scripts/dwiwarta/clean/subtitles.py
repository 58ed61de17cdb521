"""Subtitles of a film or a recording (SubRip, WebVTT): what is said, without times and numbers."""

import re

from dwiwarta.clean.draft import PasteAudit

_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}[.,]\d{3}"
_TIMES = re.compile(rf"\s*{_CLOCK}\s+-->\s+{_CLOCK}(?:\s.{{0,200}})?")
_LEAST = 2  # times; one may be an example in an article
_ENDED = re.compile(r"[.!?…][”\"’)]*$")
_PARAGRAPH = 300  # characters from which a sentence ends a paragraph
_SPEAKER = re.compile(r"^<v(?:\.[\w.]{1,40})? ([^<>]{1,60})>")
_TAG = re.compile(r"</?(?:v|c|i|b|u)(?:\.[\w.]{1,40})?>")
_REASON = "subtitles: when it is said"


def unwrap_subtitles(lines: list[str], audit: PasteAudit) -> list[str]:
    """The sentences of subtitles, several in a line; other texts stay as they are.

    So does an article that shows some as an example, below a colon, and what stands below the last.
    """
    times = {index for index, line in enumerate(lines) if _TIMES.fullmatch(line)}
    if len(times) < _LEAST:
        return lines
    first = min(times)
    begin = first - 1 if first and lines[first - 1].strip().isdigit() else first
    if next((line for line in reversed(lines[:begin]) if line.strip()), "").rstrip().endswith(":"):
        return lines
    end = _end(lines, max(times))
    out = [line for line in lines[:begin] if not _is_head(line, audit)]
    said: list[str] = []
    for index in range(begin, end):
        bare = lines[index].strip()
        if index in times or (index + 1 in times and bare.isdigit()):
            audit.note(bare, _REASON)
            continue
        spoken = _TAG.sub("", _SPEAKER.sub(r"\1: ", bare))
        if spoken != bare and _SPEAKER.match(bare):
            out += [" ".join(said)] if said else []
            said = []
        if spoken:
            said.append(spoken)
            if _ENDED.search(spoken) and sum(map(len, said)) >= _PARAGRAPH:
                out.append(" ".join(said))
                said = []
    return [*out, *([" ".join(said)] if said else []), *lines[end:]]


def _end(lines: list[str], last: int) -> int:
    """Where the subtitles end: at the empty line below the text of the last."""
    spoken = next((at for at in range(last + 1, len(lines)) if lines[at].strip()), len(lines))
    if spoken > last + 1:  # an empty line below every line
        return len(lines)
    return next((at for at in range(spoken, len(lines)) if not lines[at].strip()), len(lines))


def _is_head(line: str, audit: PasteAudit) -> bool:
    if not line.startswith("WEBVTT"):
        return False
    audit.note(line, _REASON)
    return True
