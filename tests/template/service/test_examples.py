"""The example services of a repository that asks for them."""

from pathlib import Path

import pytest
import yaml

import review.render
from delivery.scaffold import TEMPLATE, bake
from delivery.service_line import line_of, with_line
from delivery.stack_folder import ROOT
from review.schemas import validate
from tests.service.chart import KUBERNETES_VERSION


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bake(TEMPLATE, {"example_services": "yes"}, into=tmp_path_factory.mktemp("examples"))


def values(repository: Path) -> dict[Path, dict]:
    return {
        file.parent: yaml.safe_load(file.read_text())
        for file in repository.glob("services/*/*/values.yaml")
    }


def test_there_is_one_of_each_class_and_every_strategy_among_them(examples: Path):
    found = values(examples).values()
    assert sorted(each["class"] for each in found) == ["ai", "api", "frontend", "worker"]
    assert {each["strategy"] for each in found} == {"rolling", "blueGreen", "canary"}


def test_they_render_and_the_api_server_takes_them(examples: Path):
    rendering = review.render.render(examples, "dev")
    assert rendering.problems == []
    for folder in values(examples):
        documents = rendering.application(folder.name).documents
        assert documents
        for each in documents:
            assert validate(each.content, kubernetes_version=KUBERNETES_VERSION) == []


def test_the_fronts_own_their_hosts(examples: Path):
    rendering = review.render.render(examples, "dev")
    fronts = {
        ingress.content["spec"]["rules"][0]["host"]: (
            name,
            ingress.content["metadata"]["annotations"][
                "alb.ingress.kubernetes.io/healthcheck-path"
            ],
        )
        for name in ("api-gateway", "web-frontend")
        for ingress in rendering.application(name).documents
        if ingress.content["kind"] == "Ingress"
    }
    assert fronts == {
        "api.dev.tribe.example.com": ("api-gateway", "/health"),
        "dev.tribe.example.com": ("web-frontend", "/"),
    }


def test_every_call_is_declared_on_both_sides(examples: Path):
    folders = values(examples).items()
    found = {f"{folder.parent.name}/{folder.name}": each for folder, each in folders}
    calls = {(name, to) for name, each in found.items() for to in each.get("calls", [])}
    callers = {(by, name) for name, each in found.items() for by in each.get("callers", [])}
    assert calls == callers
    assert calls


def test_the_platforms_stacks_know_them(examples: Path):
    source = (ROOT / "stacks" / "services.py").read_text()
    for folder, each in values(examples).items():
        line = line_of(folder.name, namespace=folder.parent.name, values=each)
        assert with_line(source, line) == source


def test_a_repository_that_does_not_ask_has_none(repository: Path):
    assert values(repository) == {}
