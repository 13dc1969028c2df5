"""Work on stacks in the order of their dependencies, side by side where nothing stands between."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from graphlib import TopologicalSorter
from typing import TypeVar

Result = TypeVar("Result")


def run_graph(
    dependencies: Mapping[str, Iterable[str]],
    work: Callable[[str], Result],
    *,
    workers: int,
    on_failure: Callable[[], None] = lambda: None,
) -> dict[str, Result]:
    """Call `work` once for each name, after it was done for all that the name depends on.

    Of the names that could begin, those that most others wait for come first. The first failure
    calls `on_failure` (which may end the work that still runs), starts nothing more, and is raised
    once all that ran has ended.
    """
    graph = {name: set(before) for name, before in dependencies.items()}
    rank = _ranks(graph)
    sorter = TopologicalSorter(graph)
    sorter.prepare()
    results: dict[str, Result] = {}
    running: dict[Future[Result], str] = {}
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            while sorter.is_active():
                for name in sorted(sorter.get_ready(), key=lambda name: -rank[name]):
                    running[pool.submit(work, name)] = name
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    name = running.pop(future)
                    results[name] = future.result()
                    sorter.done(name)
        except BaseException:
            for future in running:
                future.cancel()
            on_failure()
            raise
    return results


def reverse(dependencies: Mapping[str, Iterable[str]]) -> dict[str, set[str]]:
    """The same graph for tearing down: each name waits for those that depended on it."""
    reversed_: dict[str, set[str]] = {name: set() for name in dependencies}
    for name, before in dependencies.items():
        for each in before:
            reversed_[each].add(name)
    return reversed_


def _ranks(graph: Mapping[str, set[str]]) -> dict[str, int]:
    """How many others wait for each name, one after the other."""
    ranks = dict.fromkeys(graph, 0)
    for name in reversed(list(TopologicalSorter(graph).static_order())):
        for before in graph[name]:
            ranks[before] = max(ranks[before], ranks[name] + 1)
    return ranks
