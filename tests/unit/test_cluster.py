"""Two workers of a Dask cluster on this machine make the same bytes as one process."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from test_histories import assert_same, made
from test_workers import double, fail, where, write_articles

from dwiwarta.cli import main
from dwiwarta.errors import ClusterError
from dwiwarta.fingerprint import Tree
from dwiwarta.pipeline import cluster as our_side
from dwiwarta.pipeline.cluster import DaskPool
from dwiwarta.pipeline.workers import Workers

NOBODY = "tcp://127.0.0.1:9"  # the port of a service that throws all away, long out of use


def seen(folder: Path) -> Tree:
    tree = Tree(folder)
    tree.refresh()
    return tree


def local_cluster(**options: Any) -> Any:
    # Nothing that other machines can reach, at ports that are free.
    return LocalCluster(dashboard_address="127.0.0.1:0", **options)


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    with local_cluster(host="127.0.0.1", n_workers=2, threads_per_worker=1) as cluster:
        yield cluster.scheduler_address


def test_two_workers_make_the_same_bytes(scheduler: str, tmp_path: Path) -> None:
    here = made(write_articles(tmp_path / "here", 40), {}, ())
    there = made(write_articles(tmp_path / "there", 40), {}, (), scheduler=scheduler)
    assert_same(there, here, "on two workers")
    assert len(here[0]) > 40


def test_jobs_are_done_by_both_in_order(scheduler: str, tmp_path: Path) -> None:
    with Workers(DaskPool(scheduler, seen(tmp_path))) as some:
        assert list(some.do((partial(double, n) for n in range(100)), 3)) == [
            2 * n for n in range(100)
        ]
        assert len({*some.do([partial(where, n) for n in range(100)], 1)} - {os.getpid()}) == 2
        with pytest.raises(ValueError, match="number 0"):
            list(some.do([partial(fail, 0)]))


def test_without_the_scheduler_the_work_is_done_here(tmp_path: Path) -> None:
    with local_cluster(n_workers=1, threads_per_worker=1, processes=False) as cluster:
        some = Workers(DaskPool(cluster.scheduler_address, seen(tmp_path)))
        results = some.do((partial(double, n) for n in range(60)), 3)
        first = next(results)
    with some:
        assert [first, *results] == [2 * n for n in range(60)]


@pytest.mark.parametrize("address", [NOBODY, "nonsense", "tcp://", "ftp://127.0.0.1:1", ""])
def test_an_unreachable_scheduler_is_one_line(
    address: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(our_side, "CONNECT_SECONDS", 0.5)
    write_articles(tmp_path, 1)
    (tmp_path / "mkdocs.yml").write_text("site_name: Kabar Pesisir\n", "utf-8")
    assert main(["build", "--root", str(tmp_path), "--docs-only", "--scheduler", address]) == 1
    said = capsys.readouterr().err.splitlines()
    assert len([line for line in said if line.strip()]) == 1
    assert "no Dask scheduler answers" in said[-1]
    assert not (tmp_path / "docs" / "index.md").exists()


def test_without_dask_it_is_said_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(ClusterError, match=r"pip install 'dwiwarta\[dask\]'"):
        DaskPool(NOBODY, seen(tmp_path))


def test_a_cluster_without_workers_is_refused(tmp_path: Path) -> None:
    with (
        local_cluster(n_workers=0, processes=False) as cluster,
        pytest.raises(ClusterError, match="has no worker"),
    ):
        DaskPool(cluster.scheduler_address, seen(tmp_path))


def test_a_worker_with_several_threads_is_refused(tmp_path: Path) -> None:
    with (
        local_cluster(n_workers=1, threads_per_worker=2, processes=False) as cluster,
        pytest.raises(ClusterError, match="has 2 threads"),
    ):
        DaskPool(cluster.scheduler_address, seen(tmp_path))


def test_a_worker_with_other_code_is_refused(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(our_side, "all_code", lambda: "another")
    with pytest.raises(ClusterError, match="has another version of Dwiwarta"):
        DaskPool(scheduler, seen(tmp_path))


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("a.txt", b"Isi yang lain.\n"),  # of the same length
        ("a.txt.po", b""),
        ("below/b.txt", b"x"),
        ("c.txt", b"new"),
        ("a.txt", None),
    ],
)
def test_a_worker_that_sees_other_contents_is_refused(
    scheduler: str, tmp_path: Path, name: str, there: bytes | None
) -> None:
    (tmp_path / "below").mkdir()
    for file, text in (("a.txt", "Isi berita ini.\n"), ("a.txt.po", "x"), ("below/b.txt", "y")):
        (tmp_path / file).write_text(text, "utf-8")
    ours = seen(tmp_path)
    DaskPool(scheduler, ours).close()
    if there is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(there)
    said = f"worker tcp://.* does not see the same {tmp_path}: {name} is another one there"
    with pytest.raises(ClusterError, match=said):
        DaskPool(scheduler, ours)
    DaskPool(scheduler, seen(tmp_path)).close()
