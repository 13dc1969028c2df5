"""The page on cost: every difference has its reason, every reason its difference."""

import re

import pytest

from stacks.environments import PLATFORM
from tools.pages.cost_tables import Reason, Unexplained, reasons, tables
from tools.pages.measures import Values, differs, measures
from tools.pages.sources import Sources

NAMES = [each.name for each in PLATFORM.environments]
MONEY = Reason(what="Gates", shows=("gates",), why="Safety.", charged="hour")


def test_a_difference_without_a_reason_is_named_with_its_values() -> None:
    with pytest.raises(Unexplained, match=r"walls differs \(1, 2\), and no row"):
        tables({"gates": (1, 1), "walls": (1, 2)}, ["dev", "prod"], [MONEY])


def test_a_reason_for_what_is_nowhere_is_named() -> None:
    with pytest.raises(Unexplained, match="Gates: gates is in no environment"):
        tables({}, ["dev", "prod"], [MONEY])


def test_a_reason_whose_difference_is_gone_is_named() -> None:
    stale = Reason(what="Walls", covers=("walls/*",), why="It was so.")
    with pytest.raises(Unexplained, match=r"Walls: walls/\* no longer differs"):
        tables({"gates": (1, 2), "walls/a": (3, 3)}, ["dev", "prod"], [MONEY, stale])


@pytest.mark.parametrize(
    ("values", "where", "row"),
    [
        ((1, 2), "different", "| Gates | 1 | 2 | hour | Safety. |"),
        ((2, 2), "same", "| Gates | 2 | hour | Safety. |"),
    ],
)
def test_a_row_stands_where_its_numbers_say(values: Values, where: str, row: str) -> None:
    made = tables({"gates": values}, ["dev", "prod"], [MONEY])
    assert row in made[where].splitlines()
    assert [name for name, text in made.items() if "Gates" in text] == [where]


def test_values_are_put_together_as_the_row_says() -> None:
    row = Reason(what="Walls", shows=("a", "b"), form="{} of {}", why="So.", charged="day")
    made = tables({"a": (1, None), "b": (("x", "y"), True)}, ["dev", "prod"], [row])
    assert "| Walls | 1 of x, y | — of yes | day | So. |" in made["different"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("resources/aws_nat_gateway", (1, 1, 3)),
        ("counts/endpoint-interfaces", (2 * 2, 13 * 3, 13 * 3)),
        ("days/flow-log-group", (30, 90, 365)),
        ("settings/cluster/node_groups/application/max_size", (10, 10, 10)),
        ("monitoring/kube-prometheus-stack/prometheus/prometheusSpec/replicas", (1, 1, 2)),
        ("addons/keda/operator/replicaCount", (1, 2, 2)),
        ("argocd/server/replicas", (None, None, 2)),
        # Common to all, unless an environment says otherwise: staging does not.
        ("platform/images/requireDigest", (False, True, True)),
        ("platform/storage/reclaimPolicy", ("Delete", "Delete", "Retain")),
    ],
)
def test_a_measure_is_what_the_code_says(name: str, values: Values, sources: Sources) -> None:
    assert measures(PLATFORM, sources)[name] == values


def test_the_measures_agree_with_the_settings(sources: Sources) -> None:
    found = measures(PLATFORM, sources)
    network = [each.network for each in PLATFORM.environments]
    assert found["counts/interface-endpoints"] == tuple(len(n.interface_endpoints) for n in network)
    assert found["days/flow-log-group"] == tuple(n.flow_log_retention_days for n in network)
    clusters = [each.cluster for each in PLATFORM.environments]
    assert found["days/log-group"] == tuple(each.log_retention_days for each in clusters)
    assert sum(differs(values) for values in found.values()) > 50


def test_every_difference_has_one_reason_and_one_only(sources: Sources) -> None:
    for name, values in measures(PLATFORM, sources).items():
        if differs(values) and name != "counts/zones":  # it also says in how many each endpoint is
            assert len([each for each in reasons() if each.explains(name)]) == 1, name


def test_no_price_is_said() -> None:
    """They differ by region and change: the page says what is counted, and where to ask."""
    told = " ".join(f"{each.what} {each.why} {each.charged}" for each in reasons())
    assert re.findall(r"[$€]|USD|EUR|\bcents?\b", told) == []
