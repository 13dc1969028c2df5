"""What the template adds to a repository, and that nothing else is needed for it to be deployed."""

from pathlib import Path

import pytest
import yaml

import review.render
from delivery.service import add_service
from review.schemas import validate
from tests.service.chart import KUBERNETES_VERSION, NAMESPACES
from tests.service.matrix import FITTING, Case
from tests.template.service.tree import tree

CASES = [case for case in FITTING if case.environment == "dev"]
DIGEST = f"sha256:{'5e' * 32}"


def answers(case: Case, number: int) -> dict[str, str]:
    given = {
        "name": f"service-{number}",
        "service_class": case.service_class,
        "team": "payments",
        "strategy": case.strategy,
        "exposure": case.exposure,
    }
    if case.exposure == "nodePort":
        given["node_port"] = str(30000 + number)
    return given


@pytest.fixture
def orders(gitops: Path) -> Path:
    return add_service(gitops, {"name": "orders", "team": "payments"})


def test_every_class_strategy_and_exposure_is_deployed_as_it_is_scaffolded(gitops: Path):
    for number, case in enumerate(CASES):
        add_service(gitops, answers(case, number))
    rendering = review.render.render(gitops, "dev")
    assert rendering.problems == []
    for number, case in enumerate(CASES):
        application = rendering.application(f"service-{number}")
        kinds = {each.content["kind"] for each in application.documents}
        assert ("Deployment" if case.strategy == "rolling" else "Rollout") in kinds, str(case)
        for each in application.documents:
            assert validate(each.content, kubernetes_version=KUBERNETES_VERSION) == [], str(case)


def test_it_adds_the_services_folder_and_its_owner_and_nothing_else(gitops: Path):
    before = tree(gitops)
    add_service(gitops, {"name": "orders", "team": "payments"})
    after = tree(gitops)
    folder = "services/api-services/orders"
    assert {path for path in after if after[path] != before.get(path)} == {
        ".github/CODEOWNERS",
        f"{folder}/values.yaml",
        f"{folder}/runbook.md",
        f"{folder}/dev/values.yaml",
        f"{folder}/dev/image.yaml",
    }
    assert before.keys() <= after.keys()


@pytest.mark.parametrize("service_class", NAMESPACES)
def test_the_class_names_the_namespace(service_class: str, gitops: Path):
    answers = {"name": "orders", "team": "payments", "service_class": service_class}
    folder = add_service(gitops, answers)
    assert folder.parent.name == NAMESPACES[service_class]


def test_values_stay_short(orders: Path):
    lines = (orders / "values.yaml").read_text().splitlines()
    assert len([line for line in lines if line.strip() and not line.startswith("#")]) <= 12


def test_the_image_is_the_services_own_in_the_registry(orders: Path, gitops: Path):
    facts = yaml.safe_load((gitops / "environments" / "dev" / "facts.yaml").read_text())["facts"]
    image = yaml.safe_load((orders / "dev" / "image.yaml").read_text())["image"]
    assert image == {
        "repository": f"{facts['registry']}/tribe/orders",
        "tag": "0.1.0",
        "digest": "",
    }


def test_a_service_may_begin_in_every_environment(gitops: Path):
    answers = {"name": "orders", "team": "payments", "environments": "prod,dev, staging"}
    add_service(gitops, answers | {"image_digest": DIGEST})
    for environment in ("dev", "staging", "prod"):
        rendering = review.render.render(gitops, environment)
        assert rendering.problems == []
        assert rendering.application("orders").documents


@pytest.mark.parametrize("team", ["yes", "null", "1e3", "on"])
def test_words_that_yaml_reads_as_something_else_stay_text(team: str, gitops: Path):
    add_service(gitops, {"name": "orders", "team": team})
    rendering = review.render.render(gitops, "dev")
    labels = {
        each.content["metadata"]["labels"]["tribe/team"]
        for each in rendering.application("orders").documents
    }
    assert rendering.problems == []
    assert labels == {team}


def test_a_tag_of_digits_stays_text(gitops: Path):
    folder = add_service(gitops, {"name": "orders", "team": "payments", "image_tag": "1234567"})
    assert yaml.safe_load((folder / "dev" / "image.yaml").read_text())["image"]["tag"] == "1234567"


def test_callers_and_calls_are_the_charts(gitops: Path):
    folder = add_service(
        gitops,
        {
            "name": "orders",
            "team": "payments",
            "callers": "frontend-services/shop, cart",
            "calls": "ai-services/recommendations",
        },
    )
    values = yaml.safe_load((folder / "values.yaml").read_text())
    assert values["callers"] == ["frontend-services/shop", "cart"]
    assert values["calls"] == ["ai-services/recommendations"]


def test_a_worker_may_count_its_queue_by_a_query(gitops: Path):
    query = 'sum(jobs_waiting{queue="thumbs"})'
    folder = add_service(
        gitops,
        {
            "name": "thumbs",
            "team": "media",
            "service_class": "worker",
            "queue": "prometheus",
            "queue_query": query,
            "health_command": "/bin/sh -c 'test -e /tmp/alive'",
        },
    )
    values = yaml.safe_load((folder / "values.yaml").read_text())
    assert values["queue"] == {"kind": "prometheus", "query": query}
    assert values["health"] == {"command": ["/bin/sh", "-c", "test -e /tmp/alive"]}
    assert review.render.render(gitops, "dev").problems == []


@pytest.mark.parametrize(
    ("strategy", "command"),
    [("rolling", "rollout restart deployment/orders"), ("canary", "promote orders")],
)
def test_the_runbook_names_the_commands_of_its_strategy(strategy: str, command: str, gitops: Path):
    answers = {"name": "orders", "team": "payments", "exposure": "path", "strategy": strategy}
    assert command in (add_service(gitops, answers) / "runbook.md").read_text()


def test_the_team_owns_the_folder_but_not_what_runs_in_prod(orders: Path, gitops: Path):
    rules = [
        line.split()
        for line in (gitops / ".github" / "CODEOWNERS").read_text().splitlines()
        if line.startswith(("/", "*"))
    ]
    paths = [path for path, _ in rules]
    assert ["/services/api-services/orders/", "@tribe-example/payments"] in rules
    assert paths.index("/services/api-services/orders/") < paths.index("/services/*/*/prod/")
