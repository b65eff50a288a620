"""Pages rendered elsewhere: the same bytes, nothing lost when a worker dies, and a clear word when there is no cluster."""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.build import Options, build
from generator.errors import ExecutorError

PAPERS = "".join(f"- {{title: Paper {n}, id: p{n}, date: {1900 + n % 100}, abstract: $x^{n}$}}\n" for n in range(300))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed", reason="NOT TESTED: Dask is not installed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as found:
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"authors/ada.yaml": "name: Ada Lovelace\n", "papers/p.yaml": PAPERS}.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(folder: Path, cluster: Any) -> None:
    build(folder, Options(output=folder / "alone"))
    address = cluster.scheduler_address.replace("tcp://", "dask://")
    workers = [worker["pid"] for worker in _running(cluster)]
    killed: list[int] = []

    def done(count: int) -> None:
        if count > 1 and not killed:  # the first pages are back
            killed.append(workers[0])
            os.kill(workers[0], signal.SIGKILL)

    report = build(folder, Options(output=folder / "spread", executor=address), done=done)
    assert killed
    assert len(report.written) == report.files
    assert tree(folder / "spread") == tree(folder / "alone")


def _running(cluster: Any) -> list[dict[str, Any]]:
    from distributed import Client

    with Client(cluster, set_as_default=False) as client:
        return [{"pid": pid} for pid in client.run(os.getpid).values()]


@pytest.mark.filterwarnings("ignore")
def test_where_nothing_listens_is_said_and_the_site_stays(folder: Path, monkeypatch: Any) -> None:
    pytest.importorskip("distributed", reason="NOT TESTED: Dask is not installed")
    monkeypatch.setattr("generator.executors.PATIENCE", 1)
    build(folder, Options())
    before = tree(folder / "output")
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    with pytest.raises(ExecutorError, match=f"no Dask scheduler answers at dask://127.0.0.1:{port}"):
        build(folder, Options(clean=True, executor=f"dask://127.0.0.1:{port}"))
    assert tree(folder / "output") == before


@pytest.mark.parametrize("address", ["dask://", "host:8786", "ray://host"])
def test_an_address_of_another_kind_is_refused(folder: Path, address: str) -> None:
    with pytest.raises(ExecutorError, match="names no executor"):
        build(folder, Options(executor=address))


def test_without_dask_the_extra_is_named(folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError) as refused:
        build(folder, Options(executor="dask://127.0.0.1:8786"))
    assert "paperfolio[dask]" in refused.value.hint
