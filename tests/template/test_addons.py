"""The controllers: pinned charts, values that the charts know, facts in their places."""

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import yaml

from delivery.scaffold import TEMPLATE, bake
from stacks.facts import Facts
from stacks.settings import Environment
from tests.charts.known import unknown
from tests.charts.test_values_known import VARIABLE
from tests.template.applications import ENVIRONMENTS, application, expanded

ADDONS = (
    "argo-rollouts",
    "aws-load-balancer-controller",
    "cluster-autoscaler",
    "external-dns",
    "external-secrets",
    "keda",
)
# Maps whose keys are not the chart's but an API's, though the chart's own values have some in them.
OPEN_MAPS = {
    "argo-rollouts": ("podSecurityContext",),
    "aws-load-balancer-controller": ("podSecurityContext", "securityContext"),
    "cluster-autoscaler": ("extraArgs",),  # the autoscaler's own flags
}
FILES = {"addon.yaml", "values.yaml", *(f"values-{name}.yaml" for name in ENVIRONMENTS)}


def read(repository: Path, addon: str, file: str) -> dict[str, Any]:
    return yaml.safe_load((repository / "addons" / addon / file).read_text())


def ours(repository: Path, addon: str) -> dict[str, dict[str, Any]]:
    """Everything that the chart is given, by the file that gives it."""
    documents = {file: read(repository, addon, file) for file in sorted(FILES - {"addon.yaml"})}
    return {**documents, "addon.yaml": read(repository, addon, "addon.yaml")["fromFacts"]}


def charts_own(addon: str, file: str) -> Path:
    """A file of the chart's own. Skips where it is not to be had."""
    path = Path(os.environ.get(VARIABLE, ""), addon, file)
    if VARIABLE not in os.environ or not path.is_file():
        pytest.skip(f"{VARIABLE} has no {addon}/{file}: the values of {addon} are unchecked")
    return path


def test_there_are_just_these(repository: Path):
    assert sorted(each.name for each in (repository / "addons").iterdir()) == list(ADDONS)


@pytest.mark.parametrize("addon", ADDONS)
def test_each_folder_has_the_same_files(addon: str, repository: Path):
    assert {each.name for each in (repository / "addons" / addon).iterdir()} == FILES


@pytest.mark.parametrize("addon", ADDONS)
def test_each_chart_is_pinned_exactly(addon: str, repository: Path):
    facts = read(repository, addon, "addon.yaml")
    assert facts.keys() == {"chart", "repository", "version", "namespace", "fromFacts"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", facts["version"])
    assert facts["repository"].startswith("https://")
    assert facts["chart"] == addon
    assert facts["namespace"] == "tribe-system"


@pytest.mark.parametrize("addon", ADDONS)
def test_no_value_is_given_that_the_chart_does_not_know(addon: str, repository: Path):
    known = yaml.safe_load(charts_own(addon, "values.yaml").read_text())
    found = {
        file: list(unknown(values, known, open_maps=OPEN_MAPS.get(addon, ())))
        for file, values in ours(repository, addon).items()
    }
    assert {file: paths for file, paths in found.items() if paths} == {}


@pytest.mark.parametrize("addon", ["external-dns", "external-secrets"])
@pytest.mark.parametrize("environment_name", ENVIRONMENTS)
def test_the_charts_own_schema_takes_the_values(
    environment_name: str, addon: str, repository: Path
):
    """Of the charts that have one. A subchart's values are its own business."""
    schema = json.loads(charts_own(addon, "values.schema.json").read_text())
    validator = jsonschema_rs.validator_for(schema)
    documents = ours(repository, addon)
    for file in ("values.yaml", f"values-{environment_name}.yaml", "addon.yaml"):
        faults = [error.message for error in validator.iter_errors(documents[file])]
        assert [fault for fault in faults if "is a required property" not in fault] == []


@pytest.mark.parametrize("addon", ADDONS)
def test_the_chart_is_of_the_version_whose_values_were_checked(addon: str, repository: Path):
    chart = yaml.safe_load(charts_own(addon, "Chart.yaml").read_text())
    assert read(repository, addon, "addon.yaml")["version"] == chart["version"]


def values(repository: Path, environment: str, addon: str) -> Mapping[str, Any]:
    """What the environment's facts give to the chart."""
    (chart, _) = expanded(repository, environment)[addon]["spec"]["sources"]
    return yaml.safe_load(chart["helm"]["values"])


def test_controllers_are_told_where_they_are(repository: Path, environment: Environment):
    """Pods cannot ask the node's metadata service."""
    name, region, domain = environment.name, environment.region, environment.domain.name
    vpc = yaml.safe_load((repository / f"environments/{name}/facts.yaml").read_text())["facts"]
    told = {addon: values(repository, name, addon) for addon in ADDONS}
    assert told == {
        "argo-rollouts": {"controller": {"extraEnv": [{"name": "AWS_REGION", "value": region}]}},
        "aws-load-balancer-controller": {
            "clusterName": environment.cluster_name,
            "region": region,
            "vpcId": vpc["vpcId"],
        },
        "cluster-autoscaler": {
            "awsRegion": region,
            "autoDiscovery": {"clusterName": environment.cluster_name},
            "image": {"tag": f"v{environment.cluster.kubernetes_version}.1"},
        },
        "external-dns": {
            "txtOwnerId": environment.cluster_name,
            "domainFilters": [domain],
            "env": [{"name": "AWS_DEFAULT_REGION", "value": region}],
        },
        "external-secrets": {"extraEnv": [{"name": "AWS_REGION", "value": region}]},
        "keda": {
            "clusterName": environment.cluster_name,
            "env": [{"name": "AWS_REGION", "value": region}],
        },
    }


@pytest.mark.parametrize("environment_name", ENVIRONMENTS)
def test_every_place_for_a_fact_is_filled_by_a_fact_of_the_contract(
    environment_name: str, repository: Path
):
    """A new placeholder needs a line in addons.yaml, or it would reach the cluster as it is."""
    (chart, _) = application(repository, environment_name, "addons")["sources"]
    filled = set(re.findall(r"\$\{(\w+)\}", chart["helm"]["values"]))
    asked = {
        place
        for addon in ADDONS
        for place in re.findall(r"\$\{(\w+)\}", json.dumps(ours(repository, addon)))
    }
    assert asked == filled
    contract = {_camel_case(name) for name in Facts.__dataclass_fields__}
    assert filled <= contract


def _camel_case(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@pytest.mark.parametrize("version", ["1.35", "1.36"])
def test_the_autoscalers_minor_version_is_the_clusters(version: str, tmp_path: Path):
    made = bake(TEMPLATE, {"kubernetes_version": version}, into=tmp_path)
    for environment in ENVIRONMENTS:
        tag = values(made, environment, "cluster-autoscaler")["image"]["tag"]
        assert re.fullmatch(rf"v{re.escape(version)}\.\d+", tag)
        given = read(made, "cluster-autoscaler", "values.yaml")
        assert "image" not in given, "another tag would stand beside the cluster's"


def test_the_autoscaler_looks_every_ten_seconds_and_shrinks_after_ten_minutes(repository: Path):
    arguments = read(repository, "cluster-autoscaler", "values.yaml")["extraArgs"]
    assert arguments["scan-interval"] == "10s"
    assert arguments["scale-down-delay-after-add"] == "10m"
    assert arguments["scale-down-unneeded-time"] == "10m"


def test_a_canarys_weight_counts_only_once_the_load_balancer_has_it(repository: Path):
    controller = read(repository, "argo-rollouts", "values.yaml")["controller"]
    assert controller["awsVerifyTargetGroup"] is True


def test_no_secret_store_reaches_over_namespaces(repository: Path):
    values = read(repository, "external-secrets", "values.yaml")
    assert values["crds"]["createClusterSecretStore"] is False
    assert values["processClusterStore"] is False


def test_nothing_but_prods_own_people_takes_a_name_off_the_internet(repository: Path):
    assert read(repository, "external-dns", "values-prod.yaml") == {"policy": "upsert-only"}


@pytest.mark.parametrize("addon", ADDONS)
def test_two_of_each_stand_in_prod_where_one_can_wait_for_the_other(addon: str, repository: Path):
    replicas = {
        "argo-rollouts": lambda values: values["controller"]["replicas"],
        "aws-load-balancer-controller": lambda values: values["replicaCount"],
        "cluster-autoscaler": lambda values: values["replicaCount"],
        "external-dns": lambda values: 1,  # it cannot share its work, and may miss a minute
        "external-secrets": lambda values: values["replicaCount"],
        "keda": lambda values: values["operator"]["replicaCount"],
    }
    expected = 1 if addon == "external-dns" else 2
    assert replicas[addon](read(repository, addon, "values-prod.yaml")) == expected
    assert (
        read(repository, addon, "values-staging.yaml").keys()
        == read(repository, addon, "values-prod.yaml").keys()
    )
