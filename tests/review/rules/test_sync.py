"""Who syncs: git in dev and staging, a person in prod; and no set takes prod's workloads away."""

from typing import Any

import pytest

from review.rules.sync import FINALIZER, check
from tests.review.rules.given import objects

OFF = {"enabled": False, "prune": True, "selfHeal": False}
ON = {"enabled": True, "prune": True, "selfHeal": True}
RETRY = {"limit": 5}


def found(environment: str, policy: dict[str, Any], **spec: Any) -> list[tuple[str, str]]:
    application = {"syncPolicy": {"retry": RETRY, **policy}, **spec}
    there = objects(environment=environment, application=application)
    return [(each.severity, each.path) for each in check(there)]


@pytest.mark.parametrize("environment", ["dev", "staging"])
def test_dev_and_staging_follow_git(environment: str):
    automated = "spec.syncPolicy.automated"
    assert found(environment, {"automated": ON}) == []
    assert found(environment, {"automated": {"prune": True, "selfHeal": True}}) == []
    assert found(environment, {"automated": OFF}) == [("warning", automated)]
    assert found(environment, {}) == [("warning", automated)]
    assert found(environment, {"automated": {}}) == [
        ("warning", f"{automated}.prune"),
        ("warning", f"{automated}.selfHeal"),
    ]


def test_in_prod_a_person_syncs():
    enabled = "spec.syncPolicy.automated.enabled"
    assert found("prod", {"automated": OFF}) == []
    assert found("prod", {}) == []
    assert found("prod", {"automated": ON}) == [("error", enabled)]
    assert found("prod", {"automated": {"prune": True}}) == [("error", enabled)]


@pytest.mark.parametrize("environment", ["dev", "prod"])
def test_nothing_deletes_all_or_tries_for_ever(environment: str):
    automated = ON if environment == "dev" else OFF
    assert found(environment, {"automated": {**automated, "allowEmpty": True}}) == [
        ("error", "spec.syncPolicy.automated.allowEmpty")
    ]
    assert found(environment, {"automated": automated, "retry": {"limit": -1}}) == [
        ("error", "spec.syncPolicy.retry.limit")
    ]
    assert found(environment, {"automated": automated, "retry": {"limit": 0}}) == []


def test_replicas_that_are_not_compared_are_not_written_either():
    ignored = [{"kind": "Deployment", "jsonPointers": ["/spec/replicas"]}]
    assert found("dev", {"automated": ON}, ignoreDifferences=ignored) == [
        ("error", "spec.syncPolicy.syncOptions")
    ]
    options = ["RespectIgnoreDifferences=true"]
    policy = {"automated": ON, "syncOptions": options}
    assert found("dev", policy, ignoreDifferences=ignored) == []


def test_an_application_of_prod_does_not_take_its_workloads_along():
    there = objects(environment="prod", application={"syncPolicy": {"retry": RETRY}})
    there.rendering.applications[0].manifest["metadata"]["finalizers"] = [FINALIZER]
    assert [each.path for each in check(there)] == ["metadata.finalizers"]


SET = """
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: services}
spec: {syncPolicy: {applicationsSync: create-update, preserveResourcesOnDeletion: true}}
"""


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("create-update", "sync", "spec.syncPolicy.applicationsSync"),
        ("true", "false", "spec.syncPolicy.preserveResourcesOnDeletion"),
        ("spec: {", "spec: {strategy: {type: RollingSync}, ", "spec.strategy.type"),
    ],
)
def test_a_set_of_prod_only_creates_and_updates(old: str, new: str, path: str):
    policy = {"syncPolicy": {"retry": RETRY}}
    there = objects(SET.replace(old, new), environment="prod", application=policy)
    assert [each.path for each in check(there)] == [path]
    assert list(check(objects(SET, environment="prod", application=policy))) == []
    elsewhere = {"syncPolicy": {"automated": ON, "retry": RETRY}}
    assert list(check(objects(SET.replace(old, new), application=elsewhere))) == []
