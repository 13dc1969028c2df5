"""The order in which stacks are worked on."""

import threading

import pytest

from rehearsal.graph import reverse, run_graph

DIAMOND = {"network": ["keys"], "edge": ["keys"], "cluster": ["network", "edge"], "keys": []}
SECONDS = 10


def test_everything_comes_after_what_it_depends_on() -> None:
    order: list[str] = []
    run_graph(DIAMOND, order.append, workers=4)
    assert sorted(order) == sorted(DIAMOND)
    assert all(order.index(each) < order.index(name) for name in DIAMOND for each in DIAMOND[name])


def test_what_is_independent_runs_side_by_side() -> None:
    both = threading.Barrier(2, timeout=SECONDS)
    run_graph({"network": [], "edge": []}, lambda name: both.wait(), workers=2)
    assert not both.broken


def test_results_come_back_by_name() -> None:
    assert run_graph(DIAMOND, len, workers=2)["cluster"] == len("cluster")


def test_what_most_others_wait_for_begins_first() -> None:
    order: list[str] = []
    chain = {"facts": [], "queue": [], "cluster": ["keys"], "keys": [], "roles": ["cluster"]}
    run_graph(chain, order.append, workers=1)
    assert order[0] == "keys"


def test_after_a_failure_nothing_begins_and_the_failure_is_raised() -> None:
    begun: list[str] = []
    told: list[bool] = []

    def work(name: str) -> None:
        begun.append(name)
        if name == "network":
            raise ValueError(name)

    with pytest.raises(ValueError, match="network"):
        run_graph(DIAMOND, work, workers=1, on_failure=lambda: told.append(True))
    assert "cluster" not in begun
    assert told == [True]


def test_tearing_down_is_the_other_way_round() -> None:
    order: list[str] = []
    run_graph(reverse(DIAMOND), order.append, workers=4)
    assert order[0] == "cluster"
    assert order[-1] == "keys"
