"""Every online engine, through its real client, against every fault, in a real run.

For each pair: the call ends, the chain goes on to the next engine, the memory holds nothing
but right English, and the person is told which engine failed and why.
"""

import re
from functools import partial
from pathlib import Path

import pytest
import requests

from dwiwarta.knowledge.glossary import load_glossary
from dwiwarta.model import Article, SourceRef, State, Story, TitleOrigin
from dwiwarta.problems import ProblemLog
from dwiwarta.settings import TranslationSettings
from dwiwarta.translate import make_judges
from dwiwarta.translate.chain import Chain
from dwiwarta.translate.engine_run import EngineRun
from dwiwarta.translate.engines.base import Engine
from dwiwarta.translate.engines.deep import make_deep_engine
from dwiwarta.translate.engines.fake import FakeEngine
from dwiwarta.translate.engines.llm import LlmEngine
from dwiwarta.translate.log import TranslationLog
from dwiwarta.translate.memory import open_memory
from dwiwarta.translate.stories import translate_stories
from faultserver import ENGINES, FAULTS, FaultServer

# Nothing but the deadline ends a call in these: the server goes on for as long as it is asked. Long
# enough for the engine behind, which has to answer in the same time; all else has time without end.
ENDLESS = {"silence": 3.0, "trickle": 3.0}
PATIENT_SECONDS = 300.0
JUDGES = make_judges(load_glossary())
SECRETS = re.compile(r"secret-\d")

# Accents and typographic quotes, so that a wrong charset shows.
ENGLISH = {
    "Gubernur Sutarja Resmikan Jembatan Ciwalen": "Governor Sutarja Opens Ciwalen Bridge",
    "Gubernur Sutarja meresmikan Jembatan Ciwalen pada Kamis (9/11/2023) pukul 15.04 WIB, kata "
    "juru bicaranya di Pekalongan.": "Governor Sutarja opened the Ciwalen Bridge at 3:04 p.m. on "
    "Thursday, 9 November 2023, said his spokesperson in Pekalongan — “at last”.",
    "Jembatan sepanjang 1.250 meter itu menelan biaya Rp 2,4 miliar dan dibangun perusahaan "
    "asal Makassar.": "The 1,250-metre bridge cost Rp 2.4 billion and was built by a company "
    "from Makassar — a “pioneer” of naïve design.",
    "Warga Desa Kertamaya menyambutnya dengan 75 penari dan kopi gratis.": "Residents of "
    "Kertamaya village welcomed it with 75 dancers and free coffee at the café “Lama”.",
}

# Everyday prose, in which no number and hardly a name gives a wrong answer away.
PLAIN = {
    "Pasar lama dibuka lagi": "The old market opens again",
    "Para pedagang membersihkan kios mereka sejak pagi.": "Traders have been cleaning their stalls "
    "since the morning.",
    "Hujan deras membuat jalan menuju sekolah tergenang air.": "Heavy rain flooded the road to the "
    "school.",
    "Anak-anak bermain bola di lapangan setelah pulang.": "Children play football in the field "
    "after going home.",
    "Ibu rumah tangga mengeluhkan harga beras dan minyak.": "Housewives complain about the price "
    "of rice and oil.",
    "Pemerintah daerah berjanji memperbaiki jembatan itu.": "The regional government promises to "
    "repair the bridge.",
}

# What the person must read about the cause, whatever the engine's client makes of it.
CAUSES = {
    "429": "429|refused",
    "403": "403|refused",
    "500": "500|refused|reported an error|server error",
    "error page": "without a translation|broken answer|not what the",
    "quota text": "quota",
    "notice": "same answer|number|other text|belong|too short|a name|sentences",
    "reset": "no connection|failed|broke off|server error|503",
    "silence": "no answer within",
    "trickle": "no answer within|not complete in time",
    "cut off": "broke off|no connection|failed",
    "cut json": "broken answer|not what the|without a translation|is too|sentences|a number",
    "cp1252 as utf-8": "broken characters|broken answer|not what the interface",
    "utf-8 as latin-1": "broken characters",
    "10 MB": "characters|10,000,000|more than 1 MB|too long|no answer within",
    "other order": "number|other text|other order|belong|too",
}


def online_engine(name: str, server: FaultServer) -> Engine:
    if name == "llm":
        return LlmEngine(f"{server.url}/v1", "test-model", {"DWIWARTA_LLM_KEY": "secret-4"})
    return make_deep_engine(name, server.environment(name))


def once(seconds: float = PATIENT_SECONDS) -> TranslationSettings:
    """One try, and one failure is enough."""
    return TranslationSettings(deadline_seconds=seconds, attempts=1, failures_to_open=1)


def run(
    name: str,
    server: FaultServer,
    folder: Path,
    settings: TranslationSettings | None = None,
    texts: dict[str, str] = ENGLISH,
) -> tuple[TranslationLog, list[str], str]:
    """One article through the engine and a local one behind it: log, English, memory's text."""
    chain = Chain(
        [online_engine(name, server), FakeEngine(name="local", answer=texts.__getitem__)],
        settings or once(),
        # The pauses for politeness are the services' due, not this server's.
        make_run=partial(EngineRun, sleep=lambda _seconds: None),
        judges=JUDGES,
    )
    title, *paragraphs = texts
    article = Article(SourceRef("a.txt"), title, TitleOrigin.FIRST_LINE, tuple(paragraphs))
    log = TranslationLog()
    with open_memory(folder / "articles", folder / "cache", ProblemLog()) as memory:
        (text,) = translate_stories([Story(article)], memory, chain, log)
    assert all(
        segment.translation and segment.translation.state is State.MACHINE
        for segment in text.segments
    )
    english = [segment.translation.text for segment in text.segments if segment.translation]
    return log, english, (folder / "articles" / "a.txt.po").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ENGINES)
def test_without_a_fault_the_engine_is_used(name: str, tmp_path: Path) -> None:
    with FaultServer(ENGLISH.__getitem__) as server:
        log, english, memory = run(name, server, tmp_path)
    assert english == [*ENGLISH.values()]
    assert not log.notes
    assert not log.rejected
    assert "fake 1" not in memory


# JSON is UTF-8 by its standard: whoever goes by that is not misled by the header. Only Google
# answers with a page.
PAIRS = [
    (name, fault)
    for name in ENGINES
    for fault in FAULTS
    if name == "google" or fault != "utf-8 as latin-1"
]


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "google"])
def test_a_wrong_charset_in_the_header_of_json_is_no_fault(name: str, tmp_path: Path) -> None:
    with FaultServer(ENGLISH.__getitem__, "utf-8 as latin-1") as server:
        log, english, memory = run(name, server, tmp_path)
    assert english == [*ENGLISH.values()]
    assert not log.rejected
    assert "fake 1" not in memory


@pytest.mark.parametrize(("name", "fault"), PAIRS)
def test_no_fault_gets_past(name: str, fault: str, tmp_path: Path) -> None:
    with FaultServer(ENGLISH.__getitem__, fault) as server:
        settings = once(ENDLESS.get(fault, PATIENT_SECONDS))
        log, english, memory = run(name, server, tmp_path, settings)
        asked = len(server.asked)
    assert asked
    assert english == [*ENGLISH.values()]
    assert "fake 1" in memory
    told = "\n".join((*log.notes, *(f"{item.engine} {item.reason}" for item in log.rejected)))
    assert re.search(rf"^{name}\b.*(?:{CAUSES[fault]})", told, re.MULTILINE), told
    assert not SECRETS.search(told + memory)
    if fault in ("429", "403"):
        assert asked == 1, "a service that refuses is not asked again"


def test_a_server_that_breaks_down_by_itself_is_no_fault_of_the_network() -> None:
    with (
        pytest.raises(AssertionError, match="the fault server itself broke down"),
        FaultServer(ENGLISH.__getitem__) as server,
        pytest.raises(requests.ConnectionError),
    ):
        requests.get(f"{server.url}/libre", params={"q": "not in the script"}, timeout=300)


@pytest.mark.parametrize("fault", ["500", "reset", "429", "quota text"])
@pytest.mark.parametrize("name", [name for name in ENGINES if name != "llm"])
def test_with_the_settings_of_a_build_it_is_tried_a_few_times(
    name: str, fault: str, tmp_path: Path
) -> None:
    settings = TranslationSettings(deadline_seconds=PATIENT_SECONDS)
    with FaultServer(ENGLISH.__getitem__, fault) as server:
        log, english, _ = run(name, server, tmp_path, settings)
    assert english == [*ENGLISH.values()]
    passing = fault in ("500", "reset")
    # Two tries of the first call, then one of the next: three failures end it.
    assert len(server.asked) == (settings.failures_to_open if passing else 1)
    [note] = log.notes
    assert note.startswith(f"{name} stopped")
    assert passing == ("3 failures in a row" in note)


def test_one_call_for_a_whole_article_is_tried_twice_and_its_failure_told(tmp_path: Path) -> None:
    with FaultServer(ENGLISH.__getitem__, "500") as server:
        settings = TranslationSettings(deadline_seconds=PATIENT_SECONDS)
        log, _, _ = run("llm", server, tmp_path, settings)
    assert len(server.asked) == 2
    assert log.notes == ("llm test-model did not answer for 4 segments: server error (500)",)


@pytest.mark.parametrize("fault", ["other order", "quota text", "notice"])
@pytest.mark.parametrize("name", ENGINES)
def test_plain_prose_is_no_cover_for_wrong_answers(name: str, fault: str, tmp_path: Path) -> None:
    settings = TranslationSettings(deadline_seconds=PATIENT_SECONDS)
    with FaultServer(PLAIN.__getitem__, fault) as server:
        log, english, memory = run(name, server, tmp_path, settings, PLAIN)
    assert english == [*PLAIN.values()]
    assert log.rejected or log.notes
    assert "resting this evening" not in memory.replace("dwiwarta-rejected", "")


@pytest.mark.parametrize("name", ENGINES)
def test_plain_prose_is_let_through(name: str, tmp_path: Path) -> None:
    with FaultServer(PLAIN.__getitem__) as server:
        log, english, memory = run(name, server, tmp_path, texts=PLAIN)
    assert english == [*PLAIN.values()]
    assert not log.rejected
    assert "fake 1" not in memory
