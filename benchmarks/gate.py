"""How well the gate tells right answers from wrong ones, on files of aligned sentences.

    python benchmarks/gate.py --data DIR

``DIR`` holds pairs ``NAME.id`` and ``NAME.en``, line by line translations by people, and may hold
``peers/NAME.SYSTEM.en``, answers of translation systems. Neighbouring lines are also joined to
paragraphs of three, the usual length in news. For each file: the share of right answers rejected;
then, on the answers that passed, the share of each kind of damage that was noticed; last, how many
answers were found that changed places with a neighbour, in articles of sixteen lines.
"""

import argparse
import html
import itertools
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.translate.gate import check_answer, load_gate_rules, misplaced

Pair = tuple[str, str]
Damage = Callable[[random.Random, str, str], str | None]


def lines_of(path: Path) -> list[str]:
    """The lines of a file; some systems' answers were stored with HTML entities."""
    return html.unescape(path.read_text(encoding="utf-8")).split("\n")[:-1]


def aligned(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Every pair of files: name and lines."""
    for source in sorted(folder.glob("*.id")):
        texts = lines_of(source)
        yield source.stem, list(zip(texts, lines_of(source.with_suffix(".en")), strict=True))
        short = source.stem.replace("devtest", "test")
        for answer in sorted((folder / "peers").glob(f"{short}.*.en")):
            yield (
                f"{source.stem}, {answer.stem.split('.')[1]}",
                list(zip(texts, lines_of(answer), strict=True)),
            )


def joined(pairs: list[Pair], size: int = 3) -> list[Pair]:
    """Neighbouring lines as paragraphs."""
    groups = [pairs[i : i + size] for i in range(0, len(pairs) - size + 1, size)]
    return [(" ".join(a for a, _ in g), " ".join(b for _, b in g)) for g in groups]


def other_number(rng: random.Random, _source: str, answer: str) -> str | None:
    """One digit of one number is another digit."""
    places = [m.start() for m in re.finditer(r"\d", answer)]
    if not places:
        return None
    place = rng.choice(places)
    digit = rng.choice([d for d in "123456789" if d != answer[place]])
    return answer[:place] + digit + answer[place + 1 :]


def lost_number(rng: random.Random, _source: str, answer: str) -> str | None:
    """One number in digits is gone."""
    found = [m.span() for m in re.finditer(r"\S*\d\S*", answer)]
    if not found:
        return None
    start, end = rng.choice(found)
    return answer[:start] + answer[end:]


def other_scale(_rng: random.Random, _source: str, answer: str) -> str | None:
    """Million became billion, or the other way round."""
    swapped = re.sub(
        r"\b(?:m|b)illion\b", lambda m: ("b" if m[0][0] == "m" else "m") + "illion", answer
    )
    return swapped if swapped != answer else None


def half(_rng: random.Random, _source: str, answer: str) -> str | None:
    """The second half of the words is gone."""
    tokens = answer.split()
    return " ".join(tokens[: len(tokens) // 2]) if len(tokens) >= 8 else None


def loop(rng: random.Random, _source: str, answer: str) -> str | None:
    """From some word on, one to four words are said again and again."""
    tokens = answer.split()
    if len(tokens) < 8:
        return None
    size = rng.randint(1, 4)
    start = rng.randrange(len(tokens) - size)
    return " ".join(tokens[: start + size] + tokens[start : start + size] * 12)


def echo(_rng: random.Random, source: str, _answer: str) -> str | None:
    """The original itself."""
    return source if len(source.split()) >= 6 else None


def half_echo(_rng: random.Random, source: str, answer: str) -> str | None:
    """The second half is left in Indonesian."""
    left, right = source.split(), answer.split()
    if min(len(left), len(right)) < 16:
        return None
    return " ".join(right[: len(right) // 2] + left[len(left) // 2 :])


DAMAGES: tuple[Damage, ...] = (
    other_number, lost_number, other_scale, half, loop, echo, half_echo,
)  # fmt: skip


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with NAME.id and NAME.en")
    folder: Path = parser.parse_args().data
    glossary, rules = load_glossary(), load_gate_rules()

    def reason(source: str, answer: str) -> str | None:
        return check_answer(source, answer, glossary, rules)

    sets = [(name, size, pairs) for name, lines in aligned(folder)
            for size, pairs in (("lines", lines), ("paragraphs", joined(lines)))]  # fmt: skip
    good: dict[tuple[str, str], list[Pair]] = {}
    print("right answers rejected (%), and why")
    for name, size, pairs in sets:
        reasons = Counter((reason(*pair) or "").split(":")[0] for pair in pairs)
        good[name, size] = [pair for pair in pairs if reason(*pair) is None]
        rejected = len(pairs) - reasons.pop("", 0)
        causes = ", ".join(f"{count} {cause}" for cause, count in reasons.most_common(4))
        print(f"{name:32}{size:11}{len(pairs):6}{100 * rejected / len(pairs):7.2f}   {causes}")

    print("\nwrong answers noticed (%)")
    names = [damage.__name__ for damage in DAMAGES] + ["other line"]
    print(f"{'':43}" + "".join(f"{name:>13}" for name in names))
    for (name, size), pairs in good.items():
        if "," in name:
            continue  # people's translations are the ones that were right before the damage
        rng = random.Random(1)
        shares = []
        for damage in DAMAGES:
            wrong = [(a, w) for a, b in pairs if (w := damage(rng, a, b)) is not None and w != b]
            shares.append([reason(*pair) is not None for pair in wrong])
        moved = itertools.pairwise(pairs)
        shares.append([reason(a, b) is not None for (a, _), (_, b) in moved])
        cells = "".join(f"{100 * sum(s) / len(s) if s else 0:13.1f}" for s in shares)
        print(f"{name:32}{size:11}{cells}")

    print("\nanswers that changed places and passed one by one; right ones that are suspected")
    for (name, size), pairs in good.items():
        if size != "lines":
            continue
        articles = [pairs[i : i + 16] for i in range(0, len(pairs) - 15, 16)]
        passed = found = suspected = 0
        for article in articles:
            sources, answers = zip(*article, strict=True)
            suspected += len(misplaced(sources, answers, rules))
            for i in range(0, 16, 2):
                swapped = [*answers[:i], answers[i + 1], answers[i], *answers[i + 2 :]]
                if all(reason(sources[j], swapped[j]) is None for j in (i, i + 1)):
                    passed += 1
                    found += {i, i + 1} <= misplaced(sources, swapped, rules)
        lines = 16 * len(articles)
        print(f"{name:32}{found:5} of {passed:5} found, {suspected:3} of {lines:5} suspected")


if __name__ == "__main__":
    main()
