"""Is an answer in English at all, and not still Indonesian or in a third language?"""

from dwiwarta.sentences import split_sentences
from dwiwarta.text import squash, words
from dwiwarta.translate.gate.rules import GateFile, IndonesianWords


def repeats_original(source: str, answer: str, rules: GateFile) -> str | None:
    """Why ``answer`` is ``source`` itself, or ``None``."""
    if squash(source) != squash(answer):
        return None
    plain = [word for word in words(source) if word[0].islower()]
    # A quotation in a third language stays as it is.
    if len(plain) < rules.echo_words or rules.indonesian.words.isdisjoint(plain):
        return None
    return "the answer repeats the original"


def not_english(
    source: str, answer: str, there: list[str], here: list[str], rules: GateFile
) -> str | None:
    """Why ``answer`` is not English, or ``None``; ``there`` and ``here`` are the words of both."""
    if run := _untranslated_run(there, here, rules):
        return f'the answer is partly still Indonesian: "{run}"'
    known = set(there)
    for sentence in split_sentences(answer, "en"):
        if _is_indonesian(source, sentence, rules):
            return f'the answer is still Indonesian: "{_short(sentence)}"'
        if _is_foreign(sentence, known, rules):
            return f'the answer is not English: "{_short(sentence)}"'
    return None


def _is_indonesian(source: str, sentence: str, rules: GateFile) -> bool:
    rule = rules.indonesian
    spelt = words(sentence)
    if len(spelt) < rule.sentence_words:
        return False
    found = [word for word in spelt if word.lower() in rule.words]
    if len(found) < rule.share * len(spelt):
        return False
    # "Nanti Kita Cerita tentang Hari Ini is in cinemas": a title keeps its words and its capitals.
    english = rules.other_languages.english
    if any(word.lower() in english and not word.isupper() for word in spelt):
        found = [word for word in found if word[0].islower() and word not in rule.in_titles]
        if len(found) < rule.share * len(spelt):
            return False
    return squash(sentence) in squash(source) or len(found) > 2


def _untranslated_run(there: list[str], here: list[str], rules: GateFile) -> str | None:
    """A run of words as in the original that holds two Indonesian words: more than a name."""
    rule = rules.indonesian
    size = rule.run_words
    if sum(word in rule.words for word in here) < 2:
        return None
    runs = set(zip(*(there[i:] for i in range(size)), strict=False))
    for run in zip(*(here[i:] for i in range(size)), strict=False):
        if run in runs and sum(word in rule.words for word in run) >= 2 and not _title(run, rule):
            return " ".join(run)
    return None


def _title(run: tuple[str, ...], rule: IndonesianWords) -> bool:
    """Whether these words are (part of) a title: capitals, except in the joining words.

    A list of authorities ("Dinas Tata Ruang dan Dinas Perumahan dan …") is no title: none of its
    capitalised words is a common one.
    """
    capitals = [word for word in run if word[0].isupper()]
    return any(word.lower() in rule.words for word in capitals) and all(
        word[0].isupper() or word in rule.in_titles for word in run
    )


def _is_foreign(sentence: str, known: set[str], rules: GateFile) -> bool:
    """Whether a sentence has the small words of other languages and not those of English.

    Small words that ``known`` has, the words of the original, are part of names ("de Vries").
    """
    rule = rules.other_languages
    spelt = words(sentence)
    if len(spelt) < rule.sentence_words:
        return False
    strange = sum(word in rule.foreign and word not in known for word in spelt)
    if not strange:
        return False
    english = sum(word.lower() in rule.english for word in spelt)
    return english == 0 or strange > max(2, english)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}…"
