"""The pool: whatever an item does, it costs no more than that item."""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import CancelledError
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord.errors import OnrecordError
from onrecord.scoring.pool import Limits, Pool, count_processes, fair_memory

PROGRAMS = Path(__file__).with_name("programs")
QUICK = Limits(seconds=0.4, batch_seconds=0.2, memory=1_000_000_000)


@pytest.fixture(autouse=True)
def functions(monkeypatch):
    """The module of functions for pools, which processes find as well, for they have the path of this one."""
    monkeypatch.syspath_prepend(str(PROGRAMS))
    import pool_functions

    return pool_functions


@pytest.fixture
def open_pool(functions):
    @contextmanager
    def opened(processes=1, limits=QUICK, function=functions.shout):
        with Pool(function, lambda item, why: f"{item}: {why.kind} {why.detail}", processes, limits) as pool:
            yield pool

    return opened


def test_results_come_in_the_order_of_the_batches(open_pool):
    batches = [[f"{n}-{k}" for k in range(n % 4)] for n in range(50)]
    with open_pool(2, Limits()) as pool:
        assert list(pool.map_batches(batches)) == batches


FATES = [
    ("hang", "hang: time 0.4 s"),
    ("hang_in_c", "hang_in_c: time 0.4 s"),
    ("kill", "kill: end signal 9"),
    ("leave", "leave: end exit code 3"),
    pytest.param(
        "devour", "devour: memory 1,000 MB", marks=pytest.mark.skipif(sys.platform != "linux", reason="needs RLIMIT_AS")
    ),
]


@pytest.mark.parametrize(("item", "fate"), FATES)
def test_an_item_that_ends_its_process_fails_alone(open_pool, item, fate):
    with open_pool() as pool:
        batches = [["a", "b"], ["c", item, "d"], [item], ["e"]]
        assert list(pool.map_batches(batches)) == [["A", "B"], ["C", fate, "D"], [fate], ["E"]]


def test_a_process_that_is_killed_from_outside_loses_nothing(open_pool):
    with open_pool(limits=Limits()) as pool:
        (first,) = pool.submit(["pid"]).result()
        running = pool.submit(["a", "pid"])
        os.kill(int(first), signal.SIGKILL)
        a, second = running.result()
        assert a == "A" and second.isdigit()
        assert pool.submit(["b"]).result() == ["B"]


def test_what_the_function_raises_is_raised_and_the_process_stays(open_pool):
    with open_pool() as pool:
        before = pool.submit(["pid"]).result()
        with pytest.raises(KeyError, match="no such thing") as caught:
            pool.submit(["a", "fail"]).result()
        assert "in fail" in caught.value.__notes__[0]
        with pytest.raises(RuntimeError, match="Strange: from here"):
            pool.submit(["fail_strangely"]).result()
        assert pool.submit(["pid"]).result() == before


def test_a_function_that_answers_too_little_is_an_error(open_pool, functions):
    with open_pool(function=functions.few) as pool, pytest.raises(ValueError, match="1 results for 2 items"):
        pool.submit(["a", "b"]).result()


def test_a_process_that_does_not_start_is_an_error_not_a_loop(open_pool, functions):
    with open_pool(function=functions.Stillborn()) as pool, pytest.raises(OnrecordError, match="exit code 4"):
        pool.submit(["a"]).result()


def test_libraries_may_print_and_read_without_harm(open_pool):
    with open_pool() as pool:
        assert list(pool.map_batches([["talk"], ["a"]])) == [["talk"], ["A"]]


def test_linear_algebra_has_one_thread(open_pool, monkeypatch):
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        monkeypatch.setenv(name, "2")
    with open_pool() as pool:
        assert pool.submit(["threads"]).result() == ["11"]


def test_several_threads_may_ask(open_pool):
    found = {}
    with open_pool(2, Limits()) as pool:
        threads = [
            threading.Thread(target=lambda n=n: found.update({n: list(pool.map_batches([[f"{n}"], ["x"]]))}))
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert found == {n: [[f"{n}"], ["X"]] for n in range(8)}


def test_only_so_many_batches_are_taken_ahead(open_pool):
    taken = []

    def batches():
        for n in range(1000):
            taken.append(n)
            yield ["sleep"] if n == 0 else ["a"]

    with open_pool(limits=Limits(seconds=0.3, batch_seconds=0.3)) as pool:
        next(results := pool.map_batches(batches()))
        assert len(taken) <= 10
        results.close()


def test_a_process_that_has_nothing_to_do_ends(open_pool):
    with open_pool(limits=Limits(idle_seconds=0.05)) as pool:
        (first,) = pool.submit(["pid"]).result()
        wait_for_the_end_of(int(first))
        assert pool.submit(["a"]).result() == ["A"]


def wait_for_the_end_of(process):
    """Wait until a process is gone, whoever its parent is (on Linux)."""
    if not hasattr(os, "pidfd_open"):
        pytest.skip("needs pidfd_open")
    import select

    try:
        number = os.pidfd_open(process)
    except ProcessLookupError:
        return
    try:
        assert select.select([number], [], [], 30)[0], "it is still there"
    finally:
        os.close(number)


def test_closing_ends_what_runs_and_what_waits(open_pool):
    with open_pool(limits=Limits()) as pool:
        (process,) = pool.submit(["pid"]).result()
        running, waiting = pool.submit(["sleep"]), pool.submit(["a"])
        pool.close()
        pool.close()
    wait_for_the_end_of(int(process))
    with pytest.raises((RuntimeError, CancelledError)):
        running.result()
    with pytest.raises((RuntimeError, CancelledError)):
        waiting.result()
    with pytest.raises(RuntimeError, match="closed"):
        pool.submit(["a"])


@pytest.mark.parametrize("busy", ["pid", "sleep"])
def test_processes_end_with_whoever_started_them(busy):
    code = f"""
        import os, signal, sys
        sys.path.insert(0, {str(PROGRAMS)!r})
        from pool_functions import shout
        from onrecord.scoring.pool import Pool
        pool = Pool(shout, None, 1)
        print(*pool.submit(["pid"]).result(), flush=True)
        pool.submit([{busy!r}])
        sys.stdin.read(1)
        os.kill(os.getpid(), signal.SIGKILL)
        """
    script = [sys.executable, "-c", textwrap.dedent(code)]
    with subprocess.Popen(script, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as parent:
        process = int(parent.stdout.readline())
        parent.stdin.close()
    assert parent.returncode == -signal.SIGKILL
    wait_for_the_end_of(process)


def test_a_program_without_a_guard_may_use_a_pool(tmp_path):
    """`multiprocessing` would run the whole program again in each process."""
    program = tmp_path / "program.py"
    program.write_text(
        "from operator import itemgetter\nfrom onrecord.scoring.pool import Pool\n"
        "print('once')\nwith Pool(itemgetter(slice(None)), None, 1) as pool:\n    print(pool.submit(['a']).result())\n"
    )
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr) == ("once\n['a']\n", "")


def test_jobs_are_counted_from_the_cores():
    cores = count_processes(-1)
    assert count_processes(3) == 3 and cores >= 1
    assert count_processes(-2) == max(1, cores - 1) and count_processes(-1000) == 1


def test_processes_share_the_memory_of_the_machine():
    assert fair_memory(1) > fair_memory(2) > 1_000_000_000 or fair_memory(1) == 0
