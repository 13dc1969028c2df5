"""It fits: what is asked for is there, with a node lost, and what has a volume can come back.

Of a node a part is its own, and another its agents'; the arithmetic of that is in
platform/values.yaml, and repeated here as numbers. CPU in millicores, memory in MiB.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from stacks.argocd import FOLDER
from stacks.environments.nodes import APPLICATION, SYSTEM
from stacks.settings import Environment
from tests.monitoring.test_values import merged, settled

# What pods may ask for on a node of the group, beside its agents.
LEFT = {"system": (1580, 1840), "application": (1580, 5830)}
# What the agents of a node may ask for together, and what those of others ask for: the network's,
# kube-proxy, the disks', the identities' and the node monitor.
AGENTS = (350, 500)
OTHER_AGENTS = (260, 300)
# EKS's own add-ons on system nodes: two of CoreDNS, two of the metrics server.
ADDONS_OF_EKS = (2 * 100 + 2 * 100, 2 * 70 + 2 * 200)


def amount(quantity: Any) -> float:
    """A quantity of Kubernetes as millicores or MiB: "1" and "250m" of CPU, "1Gi" of memory."""
    text = str(quantity)
    number = text.rstrip("GMim")
    return float(number) * {"m": 1, "Mi": 1, "Gi": 1024, "": 1000}[text.removeprefix(number)]


def asked(resources: Mapping[str, Any]) -> tuple[float, float]:
    requests = resources["requests"]
    return amount(requests["cpu"]), amount(requests["memory"])


def pods(repository: Path, environment: str) -> dict[str, tuple[int, float, float]]:
    """Everything of monitoring on application nodes: name → how many, CPU and memory of each."""
    stack = settled(repository, environment, "kube-prometheus-stack")
    loki = settled(repository, environment, "loki")
    reloader = asked(stack["prometheusOperator"]["prometheusConfigReloader"]["resources"])
    prometheus = stack["prometheus"]["prometheusSpec"]
    alertmanager = stack["alertmanager"]["alertmanagerSpec"]
    parts = {
        "prometheus": (prometheus["replicas"], prometheus["resources"], True),
        "alertmanager": (alertmanager["replicas"], alertmanager["resources"], True),
        "operator": (1, stack["prometheusOperator"]["resources"], False),
        "kube-state-metrics": (1, stack["kube-state-metrics"]["resources"], False),
        "grafana": (stack["grafana"]["replicas"], stack["grafana"]["resources"], False),
        "loki": (loki["singleBinary"]["replicas"], loki["singleBinary"]["resources"], False),
    }
    return {
        name: (
            count,
            asked(resources)[0] + (reloader[0] if reloads else 0),
            asked(resources)[1] + (reloader[1] if reloads else 0),
        )
        for name, (count, resources, reloads) in parts.items()
    }


def test_all_of_it_stays_within_the_namespaces_quota(repository: Path, environment: Environment):
    quota = yaml.safe_load((repository / "platform" / "values.yaml").read_text())["namespaces"][
        "monitoring"
    ]["quota"]
    found = pods(repository, environment.name).values()
    assert sum(count * cpu for count, cpu, _ in found) <= amount(quota["requests.cpu"])
    assert sum(count * memory for count, _, memory in found) <= amount(quota["requests.memory"])


def test_each_pod_fits_on_a_node_and_under_the_namespaces_limit(
    repository: Path, environment: Environment
):
    largest = yaml.safe_load((repository / "platform" / "values.yaml").read_text())["namespaces"][
        "monitoring"
    ]["container"]["max"]
    for _, cpu, memory in pods(repository, environment.name).values():
        assert cpu <= LEFT["application"][0]
        assert memory <= LEFT["application"][1]
    stack = settled(repository, environment.name, "kube-prometheus-stack")
    limits = stack["prometheus"]["prometheusSpec"]["resources"]["limits"]
    assert amount(limits["cpu"]) <= amount(largest["cpu"])
    assert amount(limits["memory"]) <= amount(largest["memory"])


def test_with_a_node_lost_what_stays_has_room_for_all(repository: Path, environment: Environment):
    """The group's smallest size, or a node for each zone where Loki keeps one there."""
    found = pods(repository, environment.name)
    nodes = max(APPLICATION.min_size, found["loki"][0]) - 1
    assert sum(count * cpu for count, cpu, _ in found.values()) <= nodes * LEFT["application"][0]
    assert (
        sum(count * memory for count, _, memory in found.values()) <= nodes * LEFT["application"][1]
    )


def test_every_zone_keeps_a_node_so_that_volumes_find_one(
    repository: Path, environment: Environment
):
    """Either the group is never smaller than its zones are many; or in each zone stands a Loki,
    which its volume keeps there, so that the autoscaler cannot take the zone's last node away. AWS
    replaces a lost node where the fewest are, which is there."""
    zones = len(environment.network.availability_zones)
    loki = settled(repository, environment.name, "loki")["singleBinary"]
    (spread,) = loki["topologySpreadConstraints"]
    assert spread["topologyKey"] == "topology.kubernetes.io/zone"
    assert spread["whenUnsatisfiable"] == "DoNotSchedule"
    assert spread["maxSkew"] == 1
    assert zones <= max(APPLICATION.min_size, loki["replicas"])
    assert APPLICATION.max_size >= zones


def test_the_agents_of_a_node_ask_for_no_more_than_it_keeps_for_them(repository: Path):
    stack = settled(repository, "prod", "kube-prometheus-stack")
    alloy = settled(repository, "prod", "alloy")
    ours = [
        asked(stack["prometheus-node-exporter"]["resources"]),
        asked(alloy["alloy"]["resources"]),
        asked(alloy["configReloader"]["resources"]),
    ]
    assert sum(cpu for cpu, _ in ours) + OTHER_AGENTS[0] <= AGENTS[0]
    assert sum(memory for _, memory in ours) + OTHER_AGENTS[1] <= AGENTS[1]


def requests(node: Any, above: str = "") -> list[tuple[str, tuple[float, float]]]:
    """Every `resources` with requests in a chart's values, each under the path of its part."""
    if not isinstance(node, dict):
        return []
    if "requests" in node:
        return [(above.replace(".resources", "").strip("."), asked(node))]
    return [each for key, value in node.items() for each in requests(value, f"{above}.{key}")]


def most(values: Any) -> int:
    """The largest number of replicas that a chart's values name: never too few of any part."""
    if not isinstance(values, dict):
        return 1
    own = [values[key] for key in ("replicas", "replicaCount") if key in values]
    return max([1, *own, *(most(value) for value in values.values())])


def controllers(repository: Path, environment: str) -> list[tuple[float, float]]:
    """What the containers of the add-ons ask for, replicas counted."""
    found = []
    for addon in (repository / "addons").iterdir():
        values = merged(
            yaml.safe_load((addon / "values.yaml").read_text()),
            yaml.safe_load((addon / f"values-{environment}.yaml").read_text()),
        )
        count = most(values)
        found += [(count * cpu, count * memory) for _, (cpu, memory) in requests(values)]
    return found


def argo_cd(environment: str) -> list[tuple[float, float]]:
    """What Argo CD's containers ask for, replicas counted; not those that run first and end."""
    values = merged(
        yaml.safe_load((FOLDER / "values.yaml").read_text()),
        yaml.safe_load((FOLDER / f"values-{environment}.yaml").read_text()),
    )
    found = []
    for path, (cpu, memory) in requests(values):
        part = path.partition(".")[0]
        if part != "redisSecretInit" and ".init" not in path:
            count = 3 if part == "redis-ha" else most(values[part])
            found.append((count * cpu, count * memory))
    return found


def test_what_runs_on_system_nodes_fits_there_with_a_node_lost(
    repository: Path, environment: Environment
):
    everything = [
        ADDONS_OF_EKS,
        *controllers(repository, environment.name),
        *argo_cd(environment.name),
    ]
    nodes = SYSTEM.max_size - 1
    assert len(everything) > 15
    assert sum(cpu for cpu, _ in everything) <= nodes * LEFT["system"][0]
    assert sum(memory for _, memory in everything) <= nodes * LEFT["system"][1]
