"""fxtranslate in its own process: it may refuse, break down or hang, and we go on."""

import gc
import threading
import time

import pytest

from dwiwarta.translate.models import fxprocess
from dwiwarta.translate.models.fxprocess import FxError, FxProcess, FxTimeError
from modelserver import zstd, zstd_bomb
from tinymodel import SENTENCE, tiny_model

ENDLESS = b"Perahu itu merah. " * 1_000_000
PATIENT = 300  # seconds, for what is answered soon on any machine that has nothing else to do


def loaded() -> FxProcess:
    process = FxProcess()
    model = tiny_model()
    process.ask("load", model["model"], model["vocab"], model["vocab"], b"", seconds=PATIENT)
    return process


def test_any_thread_may_ask() -> None:
    process = loaded()
    answers: list[bytes] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(process.ask("translate", b"Perahu.", seconds=PATIENT))
        )
        for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [SENTENCE.encode()] * 5


def test_an_error_leaves_it_ready_for_the_next_question() -> None:
    process = loaded()
    with pytest.raises(FxError, match=r"(?i)magic|frame"):
        process.ask("unpack", b"no zstd", b"0" * 64, seconds=PATIENT)
    assert process.ask("translate", b"Perahu.", seconds=PATIENT) == SENTENCE.encode()
    assert not process.broken


def test_a_crash_is_an_error_here() -> None:
    process = FxProcess()
    with pytest.raises(FxError, match=r"broke down \(SIG"):
        process.ask("pairs", b"[" * 200_000, seconds=PATIENT)
    assert process.broken
    with pytest.raises(FxError, match="broke down"):
        process.ask("pairs", b"{}", seconds=PATIENT)


def test_what_takes_too_long_is_ended() -> None:
    process = loaded()
    with pytest.raises(FxTimeError, match=r"within 0\.2 s"):
        process.ask("translate", ENDLESS, seconds=0.2)
    assert process.broken


def test_who_waits_for_another_is_ended_too() -> None:
    process = loaded()
    ended: list[bool] = []

    def wait_long() -> None:
        with pytest.raises(FxError, match="broke down"):
            process.ask("translate", ENDLESS, seconds=PATIENT)
        ended.append(True)

    first = threading.Thread(target=wait_long)
    first.start()
    while not process._lock.locked():
        time.sleep(0.01)
    with pytest.raises(FxTimeError):
        process.ask("pairs", b"{}", seconds=0.1)
    assert not ended, "the first question is still being answered"
    process._process.kill()
    first.join()
    assert ended


def test_memory_is_bounded() -> None:
    process = FxProcess(memory=500_000_000)
    small = zstd(b"x" * 1000)
    with pytest.raises(FxError, match="mismatch"):
        process.ask("unpack", small, b"0" * 64, seconds=PATIENT)
    with pytest.raises(FxError) as refused:  # 10 GB
        process.ask("unpack", zstd_bomb(80_000), b"0" * 64, seconds=PATIENT)
    assert not isinstance(refused.value, FxTimeError)


def test_the_process_ends_with_the_object() -> None:
    process = loaded()
    child = process._process
    assert child.poll() is None
    del process
    gc.collect()
    assert child.poll() is not None


def test_a_python_that_cannot_be_started_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fxprocess.sys, "executable", "/nowhere/python")
    with pytest.raises(FxError, match="cannot be started"):
        FxProcess()
