#!/usr/bin/env python3
"""Look for the lexicon's fixed phrases in real articles, and mark those that are not met.

    python scripts/build.py inspect --jsonl FOLDER > inspect.jsonl
    python training/check_phrases.py inspect.jsonl \
        > scripts/dwiwarta/knowledge/learned/phrases.yml

A phrase is met where its words stand beside one another, with what may stand around any word
(*-nya*, *-lah*); "…" stands for up to eighty characters of the same sentence.
"""

import json
import re
import sys
import textwrap
from collections.abc import Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.words import load_lexicon

_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*|[.\n!?;:]")
_ENDINGS = "(?:nya|lah|kah|pun|ku|mu)?"
_HEADER = """\
# Which fixed phrases of the lexicon stand in 2,009 real articles (`met`), and which do not. Found
# by `training/check_phrases.py`; a new phrase that nobody has looked for goes to `not_met`.
"""


def main() -> None:
    """Look, and print the file."""
    texts = []
    for line in Path(sys.argv[1]).read_text("utf-8").splitlines():
        one = json.loads(line)
        texts += [one["title"] or "", *one["paragraphs"]]
    tokens = " ".join(_TOKEN.findall("\n".join(texts).lower().replace("’", "'")))
    phrases = sorted(load_lexicon().phrases)
    met = {phrase for phrase in phrases if _is_met(phrase, f" {tokens} ")}
    print(_HEADER, end="")
    print("met: >-", _wrapped(one for one in phrases if one in met), sep="\n")
    print("not_met: >-", _wrapped(one for one in phrases if one not in met), sep="\n")


def _is_met(phrase: str, tokens: str) -> bool:
    words = phrase.lower().replace("’", "'").split()
    if f" {' '.join(words)} " in tokens:
        return True
    forms = ("[^.\n!?;:]{1,80}" if word == "…" else re.escape(word) + _ENDINGS for word in words)
    return re.search(f" {' '.join(forms)} ", tokens) is not None


def _wrapped(phrases: Iterable[str]) -> str:
    return textwrap.fill(
        "; ".join(phrases), 98, initial_indent="  ", subsequent_indent="  ",
        break_on_hyphens=False, break_long_words=False,
    )  # fmt: skip


if __name__ == "__main__":
    main()
