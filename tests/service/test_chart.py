"""The chart's own shape."""

import json
import re
from pathlib import Path

import pytest
import yaml

from tests.service.chart import CHART, ENVIRONMENTS, NAMESPACES, REPOSITORY, merged, render, service

TEMPLATES = sorted((CHART / "templates").iterdir())
KINDS = [template for template in TEMPLATES if template.suffix == ".yaml"]


@pytest.mark.parametrize("template", KINDS, ids=lambda template: template.stem)
def test_each_kind_has_a_template_and_a_test_of_its_own(template: Path):
    assert (Path(__file__).parent / f"test_{template.stem}.py").is_file()
    assert template.read_text().count("\nkind: ") == 1 or template.stem == "configmap"


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_template_is_longer_than_two_screens(template: Path):
    assert len(template.read_text().splitlines()) <= 100


def test_every_key_is_described_and_closed():
    for path, node in _nodes(json.loads((CHART / "values.schema.json").read_text()), ""):
        assert node.get("description"), path
        if node.get("type") == "object" and path != ".facts":
            assert node["additionalProperties"] is False, path


def test_every_key_of_the_schema_is_used():
    texts = "".join(template.read_text() for template in TEMPLATES)
    schema = json.loads((CHART / "values.schema.json").read_text())
    fixed = {"hostNetwork", "hostPID", "hostIPC"}  # accepted with their one value, for the message
    assert [key for key in schema["properties"].keys() - fixed if key not in texts] == []


def test_the_chart_holds_nothing_that_the_template_would_render():
    for file in CHART.rglob("*"):
        if file.is_file():
            assert not any(sign in file.read_text() for sign in ("@{", "@%", "@#")), file


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_chart_lets_those_images_in_that_the_cluster_does(environment: str):
    shared = _yaml(REPOSITORY / "environments" / environment / "values.yaml")
    platform = merged(
        _yaml(REPOSITORY / "platform" / "values.yaml"),
        _yaml(REPOSITORY / "platform" / f"values-{environment}.yaml"),
    )
    assert shared["platform"]["images"] == platform["images"]


def test_the_chart_opens_those_borders_that_the_platform_does():
    ways = _yaml(REPOSITORY / "platform" / "values.yaml")["ways"].values()
    services = set(NAMESPACES.values())
    opened = {namespace: {namespace} for namespace in services}
    for way in ways:
        if {way["from"].get("namespace"), way["to"]["namespace"]} <= services:
            opened[way["from"]["namespace"]].add(way["to"]["namespace"])
    borders = _yaml(CHART / "borders.yaml")
    assert {namespace: set(into) for namespace, into in borders.items()} == opened


def test_each_class_runs_where_it_is_looked_for():
    classes = _yaml(CHART / "classes.yaml")
    assert {name: row["runsIn"] for name, row in classes.items()} == NAMESPACES


def test_an_api_behind_the_load_balancer_takes_the_twelve_lines_of_the_readme():
    (text, *_) = re.findall(r"```yaml\n(.*?)```", (CHART / "README.md").read_text(), re.DOTALL)
    assert len(text.splitlines()) == 12
    said = yaml.safe_load(text)
    given = {key: value for key, value in service().items() if key not in ("ports", "team")}
    objects = render(given | said)
    assert objects.one("Ingress")["spec"]["rules"][0]["host"] == "api.tribe.example.com"
    assert {"Deployment", "HorizontalPodAutoscaler", "ExternalSecret"} <= objects.kinds()


def _yaml(file: Path) -> dict:
    return yaml.safe_load(file.read_text())


def _nodes(node: dict, path: str) -> list[tuple[str, dict]]:
    """Every described place: the root, properties, and items that are objects."""
    below = [(f"{path}.{key}", each) for key, each in node.get("properties", {}).items()]
    if node.get("items", {}).get("type") == "object":
        below.append((f"{path}[]", node["items"]))
    return [(path, node), *(found for key, each in below for found in _nodes(each, key))]
