"""Does an answer say the same over and over?"""

from operator import eq

from dwiwarta.sentences import split_sentences
from dwiwarta.text import words
from dwiwarta.translate.gate.rules import GateFile


def says_again(source: str, answer: str, rules: GateFile) -> str | None:
    """Why ``answer`` is a loop or says a passage twice that ``source`` says once, or ``None``."""
    mine = words(answer.lower())
    theirs = words(source.lower())
    for size, allowed in sorted(rules.repeats.items()):
        # Cheap and nearly always enough: too few words stand again at that distance at all.
        if sum(map(eq, mine, mine[size:])) < size * allowed:
            continue
        times, run = _longest_repeat(mine, size)
        if times > allowed and times > 2 * _longest_repeat(theirs, size)[0]:
            return f'the answer says "{" ".join(run)}" {times} times in a row'
    return _long_run_twice(mine, theirs, rules.repeated_run) or _sentence_twice(
        source, answer, rules.repeated_sentence
    )


def _longest_repeat(tokens: list[str], size: int) -> tuple[int, list[str]]:
    """How often at most ``size`` words stand again and again without a pause, and which."""
    best, run = 1, tokens[:size]
    same = 0  # words in a row that stand again ``size`` words on
    for i in range(len(tokens) - size):
        same = same + 1 if tokens[i] == tokens[i + size] else 0
        if same // size + 1 > best:
            best, run = same // size + 1, tokens[i + 1 : i + 1 + size]
    return best, run


def _long_run_twice(mine: list[str], theirs: list[str], size: int) -> str | None:
    run = _first_twice(mine, size)
    # An original that repeats five words may be rendered with a longer repetition.
    if run is None or _first_twice(theirs, 5):
        return None
    return f'the answer says twice: "{" ".join(run)}"'


def _first_twice(tokens: list[str], size: int) -> tuple[str, ...] | None:
    runs = list(zip(*(tokens[i:] for i in range(size)), strict=False))
    if len(set(runs)) == len(runs):
        return None
    seen: set[tuple[str, ...]] = set()
    for run in runs:
        if run in seen:
            return run
        seen.add(run)
    return None


def _sentence_twice(source: str, answer: str, least: int) -> str | None:
    """A sentence that is there twice, or begun again, in an answer with more sentences.

    Engines that run on say the first sentence once more, often cut short.
    """
    here = split_sentences(answer, "en")
    if len(here) < 2 or len(here) <= len(split_sentences(source, "id")):
        return None
    # Longer answers are no paragraphs; the comparison takes the square of their sentences.
    spoken = [words(sentence.lower()) for sentence in here[:100]]
    for i, later in enumerate(spoken):
        if len(later) >= least and any(later == earlier[: len(later)] for earlier in spoken[:i]):
            return f'the answer says twice: "{here[i][:60]}"'
    return None
