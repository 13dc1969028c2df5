"""A zone is lost: no pod of prod insists on it, and each group of nodes has others to stand in."""

import pytest

from stacks.environments import PLATFORM
from tests.service.matrix import FITTING, Case
from tests.synthesis import Stack

PROD = PLATFORM.environment("prod")
CASES_OF_PROD = [case for case in FITTING if case.environment == "prod"]
ZONE = "topology.kubernetes.io/zone"


@pytest.mark.parametrize("case", CASES_OF_PROD, ids=str)
def test_no_pod_insists_on_a_zone_or_leaves_a_disk_in_one(case: Case):
    pod = case.objects.pod["spec"]
    assert ZONE not in pod["nodeSelector"]
    assert "nodeAffinity" not in pod["affinity"]
    for spread in pod["topologySpreadConstraints"]:
        assert spread["whenUnsatisfiable"] == "ScheduleAnyway"
    assert not [each for each in pod.get("volumes", []) if "persistentVolumeClaim" in each]


@pytest.mark.parametrize("case", CASES_OF_PROD, ids=str)
def test_of_several_pods_not_all_are_put_into_one_zone(case: Case):
    [spread] = case.objects.pod["spec"]["topologySpreadConstraints"]
    assert (spread["topologyKey"], spread["maxSkew"]) == (ZONE, 1)
    labels = case.objects.pod["metadata"]["labels"]
    assert spread["labelSelector"]["matchLabels"].items() <= labels.items()


@pytest.mark.parametrize("lost", PROD.network.availability_zones)
def test_each_group_of_nodes_has_two_zones_left(lost: str, synthesized: dict[str, Stack]):
    groups = synthesized["prod-cluster"]["resource"]["aws_eks_node_group"]
    assert len(groups) == 3
    for group in groups.values():
        left = [each for each in group["subnet_ids"] if lost not in each]
        assert len(left) == len(group["subnet_ids"]) - 1 == 2
