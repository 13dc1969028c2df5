"""What Argo CD tells GitHub of a service's deployments, which `tribe promote` goes by.

The triggers are written in Argo CD's own small language; what of it they use is read here as
Python, so that they are asked about applications as the cluster has them.
"""

import copy
import re
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from stacks.argocd import FOLDER, GITHUB_APP, chart_values
from stacks.environments.dev import DEV
from stacks.settings import Notifications

TOLD = yaml.safe_load((FOLDER / "values.yaml").read_text())["notifications"]
TEMPLATES = {name: yaml.safe_load(text) for name, text in TOLD["templates"].items()}
REVISION = "5e" * 20

# The fields of pkg/services/github.go in argoproj/notifications-engine.
DEPLOYMENT_FIELDS = {
    *("state", "environment", "environmentURL", "logURL"),
    *("requiredContexts", "autoMerge", "transientEnvironment", "reference"),
}

HEALTHY: dict[str, Any] = {
    "metadata": {"name": "orders"},
    "spec": {"project": "services", "source": {"repoURL": "https://github.com/t/g.git"}},
    "status": {
        "operationState": {
            "phase": "Succeeded",
            "finishedAt": "2026-11-23T09:00:10Z",
            "syncResult": {"revision": REVISION},
        },
        "reconciledAt": "2026-11-23T09:00:12Z",
        "health": {"status": "Healthy", "lastTransitionTime": "2026-11-23T09:01:00Z"},
    },
}


class Value(dict[str, Any]):
    """A map that is read as the language does: by a dot, and nothing where a key is missing."""

    def __getattr__(self, name: str) -> Any:
        value = self.get(name)
        return Value(value) if isinstance(value, dict) else Value() if value is None else value

    def __eq__(self, other: object) -> bool:
        return not self if other is None else dict.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]


class Time:
    def __init__(self, text: str) -> None:
        self.time = datetime.fromisoformat(text)

    def After(self, other: "Time") -> bool:
        return self.time > other.time


def evaluated(expression: str, app: dict[str, Any]) -> Any:
    python = expression.replace("?.", ".").replace("nil", "None")
    assert re.fullmatch(r"[\w\s.,'()\[\]=!]+", python), python
    names = {"app": Value(app), "time": SimpleNamespace(Parse=Time)}
    return eval(python, {"__builtins__": {}}, names)


def told(app: dict[str, Any]) -> dict[str, str]:
    """Template that is sent → once per what."""
    return {
        template: str(evaluated(condition["oncePer"], app))
        for condition in yaml.safe_load(TOLD["triggers"]["trigger.on-deployment"])
        if evaluated(condition["when"], app)
        for template in condition["send"]
    }


def changed(**status: Any) -> dict[str, Any]:
    app = copy.deepcopy(HEALTHY)
    for path, value in status.items():
        *parents, last = path.split("__")
        place = app["status"]
        for parent in parents:
            place = place[parent]
        place[last] = value
    return app


def test_a_service_that_is_healthy_at_a_commit_is_told() -> None:
    assert list(told(HEALTHY)) == ["deployment-success"]


def test_a_service_that_is_ill_at_a_commit_is_told() -> None:
    assert list(told(changed(health__status="Degraded"))) == ["deployment-failure"]


@pytest.mark.parametrize("phase", ["Error", "Failed"])
def test_a_sync_that_failed_is_told_although_the_old_version_is_well(phase: str) -> None:
    assert list(told(changed(operationState__phase=phase))) == ["deployment-failure"]


@pytest.mark.parametrize("health", ["Healthy", "Degraded"])
@pytest.mark.parametrize("looked", ["2026-11-23T09:00:09Z", "2026-11-23T09:00:10Z"])
def test_the_health_before_the_sync_is_not_taken_for_the_one_after(
    health: str, looked: str
) -> None:
    assert told(changed(health__status=health, reconciledAt=looked)) == {}


@pytest.mark.parametrize(
    "app",
    [
        changed(operationState__phase="Running"),
        changed(health__status="Progressing"),
        changed(health__status="Suspended"),
        changed(operationState=None),
        changed(operationState__phase="Error", operationState__syncResult=None),
        {**HEALTHY, "spec": {**HEALTHY["spec"], "project": "platform"}},
    ],
    ids=["running", "progressing", "waiting", "never synced", "no revision", "not a service"],
)
def test_nothing_else_is_told(app: dict[str, Any]) -> None:
    assert told(app) == {}


def test_who_recovers_is_told_anew_and_who_stays_is_not() -> None:
    later = changed(health__lastTransitionTime="2026-11-23T10:00:00Z")
    looked_again = changed(reconciledAt="2026-11-23T09:30:00Z")
    assert told(later)["deployment-success"] != told(HEALTHY)["deployment-success"]
    assert told(looked_again) == told(HEALTHY)


@pytest.mark.parametrize("state", ["success", "failure"])
def test_a_status_is_on_the_commit_and_in_the_services_environment(state: str) -> None:
    github = TEMPLATES[f"template.deployment-{state}"]["github"]
    # As services' applications have it: one source, one revision.
    assert github["repoURLPath"] == "{{.app.spec.source.repoURL}}"
    assert github["revisionPath"] == "{{.app.status.operationState.syncResult.revision}}"
    deployment = github["deployment"]
    assert set(deployment) <= DEPLOYMENT_FIELDS
    assert deployment["state"] == state
    # delivery/releases/deployment.py looks for it there.
    context, name = "{{.context.environment}}", "{{.app.metadata.name}}"
    assert deployment["environment"] == f"{context}/{name}"


@pytest.mark.parametrize("state", ["success", "failure"])
def test_github_neither_waits_for_checks_nor_merges(state: str) -> None:
    deployment = TEMPLATES[f"template.deployment-{state}"]["github"]["deployment"]
    assert deployment["requiredContexts"] == []
    assert deployment["autoMerge"] is False
    assert "reference" not in deployment  # else the commit would not be found again


def notifications(settings: Notifications | None) -> dict[str, Any]:
    environment = replace(DEV, gitops=replace(DEV.gitops, notifications=settings))
    return yaml.safe_load(chart_values(environment)[-1])["notifications"]


def test_the_settings_switch_it_on_beside_slack_or_alone() -> None:
    both = notifications(Notifications(slack_channel="tribe-dev", deployments=True))
    alone = notifications(Notifications(deployments=True))
    github = {"recipients": ["github"], "triggers": ["on-deployment"]}
    assert both["subscriptions"][1:] == alone["subscriptions"] == [github]
    assert both["context"] == {"environment": "dev"}


def test_the_apps_key_is_asked_for_only_where_it_is_on_and_comes_from_the_secret() -> None:
    # Argo CD starts no notifier at all where one lacks its key.
    slack = notifications(Notifications(slack_channel="tribe-dev"))
    assert "notifiers" not in slack
    assert "service.github" not in TOLD["notifiers"]
    service = notifications(Notifications(deployments=True))["notifiers"]["service.github"]
    assert yaml.safe_load(service) == GITHUB_APP
    for key, value in GITHUB_APP.items():
        assert value == f"$github-{key}"
        assert f"`github-{key}`" in (FOLDER / "README.md").read_text()
