"""What this repository itself brings into the cluster, as Argo CD would make it."""

import difflib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import review.render
from review.schemas import validate
from stacks.storage import PLATFORM_SECRETS
from tests.monitoring.dashboards import DASHBOARDS
from tests.monitoring.rules import PROJECT, RULES
from tests.synthesis import ROOT
from tests.template.applications import ENVIRONMENTS

Object = Mapping[str, Any]

AUTOMATIC = {"enabled": True, "prune": True, "selfHeal": True, "allowEmpty": False}
ON_DEMAND = {"enabled": False, "prune": True, "selfHeal": False, "allowEmpty": False}


def objects(repository: Path, environment: str) -> list[Object]:
    application = review.render.render(repository, environment).application("monitoring")
    assert application.problems == []
    return [document.content for document in application.documents]


def one(found: Iterable[Object], kind: str, name: str) -> Object:
    (each,) = [it for it in found if (it["kind"], it["metadata"]["name"]) == (kind, name)]
    return each


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_all_of_it_passes_the_strict_schemas(environment: str, repository: Path):
    found = objects(repository, environment)
    assert len(found) > 20
    for each in found:
        assert validate(dict(each), kubernetes_version="1.36") == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_the_project_allows_each_kind_in_its_place(environment: str, repository: Path):
    project = yaml.safe_load((ROOT / "argocd" / "projects" / "monitoring.yaml").read_text())["spec"]
    allowed = {(each["group"], each["kind"]) for each in project["namespaceResourceWhitelist"]}
    namespaces = {each["namespace"] for each in project["destinations"]}
    for each in objects(repository, environment):
        group = each["apiVersion"].rpartition("/")[0]
        assert (group, each["kind"]) in allowed
        assert each["metadata"]["namespace"] in namespaces
    manifest = (repository / "environments" / environment / "monitoring.yaml").read_text()
    spec = yaml.safe_load(manifest)["spec"]
    assert spec["project"] == "monitoring"
    charts = {each["repoURL"] for each in spec["sources"] if "chart" in each}
    assert charts == set(project["sourceRepos"])


def test_every_rule_reaches_prometheus_with_a_link_that_can_be_followed(repository: Path):
    found = objects(repository, "prod")
    for file in RULES:
        rules = one(found, "PrometheusRule", file.stem)["spec"]["groups"]
        links = [
            rule["annotations"]["runbook_url"]
            for group in rules
            for rule in group["rules"]
            if "alert" in rule
        ]
        for link in links:
            base = "https://github.com/tribe-example/gitops/blob/main/"
            assert link.startswith(base)
            assert (PROJECT / link.removeprefix(base)).is_file()
        # All but the links is what promtool was shown.
        assert [group["name"] for group in rules] == [
            group["name"] for group in yaml.safe_load(file.read_text())["groups"]
        ]


def test_every_dashboard_reaches_grafana(repository: Path):
    data = one(objects(repository, "dev"), "ConfigMap", "grafana-dashboards")["data"]
    assert {name: json.loads(text) for name, text in data.items()} == {
        f"{name}.json": dashboard for name, dashboard in DASHBOARDS.items()
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_token_counts_only_from_the_environments_own_pool(environment: str, repository: Path):
    facts = yaml.safe_load((repository / "environments" / environment / "facts.yaml").read_text())[
        "facts"
    ]
    data = one(objects(repository, environment), "ConfigMap", "grafana-facts")["data"]
    issuer = f"https://cognito-idp.{facts['region']}.amazonaws.com/{facts['userPoolId']}"
    assert data["GF_AUTH_JWT_JWK_SET_URL"] == f"{issuer}/.well-known/jwks.json"
    assert json.loads(data["GF_AUTH_JWT_EXPECT_CLAIMS"]) == {
        "iss": issuer,
        "token_use": "access",
        "client_id": facts["userPoolClientId"],
    }
    assert data["GF_SERVER_ROOT_URL"] == f"https://monitoring.{facts['domain']}"
    loki = one(objects(repository, environment), "ConfigMap", "loki-facts")["data"]
    assert loki["LOKI_CHUNKS_BUCKET"] == facts["lokiChunksBucket"]
    assert loki["LOKI_RULER_BUCKET"] == facts["lokiRulerBucket"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_nobody_reaches_grafana_who_has_not_signed_in(environment: str, repository: Path):
    ingress = one(objects(repository, environment), "Ingress", "grafana")
    annotations = ingress["metadata"]["annotations"]
    prefix = "alb.ingress.kubernetes.io"
    assert annotations[f"{prefix}/auth-type"] == "cognito"
    assert annotations[f"{prefix}/auth-on-unauthenticated-request"] == "authenticate"
    assert annotations[f"{prefix}/healthcheck-path"] == "/api/health"
    assert set(json.loads(annotations[f"{prefix}/auth-idp-cognito"])) == {
        "userPoolARN",
        "userPoolClientID",
        "userPoolDomain",
    }
    assert ingress["spec"]["ingressClassName"] == "monitoring"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_secrets_come_from_the_entries_that_the_stacks_make(environment: str, repository: Path):
    found = [each for each in objects(repository, environment) if each["kind"] == "ExternalSecret"]
    assert {each["metadata"]["name"] for each in found} == set(PLATFORM_SECRETS["monitoring"])
    for each in found:
        assert each["spec"]["secretStoreRef"] == {"kind": "SecretStore", "name": "secrets-manager"}
        for data in each["spec"]["data"]:
            name = each["metadata"]["name"]
            assert data["remoteRef"]["key"] == f"tribe/{environment}/monitoring/{name}"


def lines(repository: Path, environment: str) -> list[str]:
    """The application's lines, with the environment's own name put to one word."""
    text = (repository / "environments" / environment / "monitoring.yaml").read_text()
    return text.replace(environment, "<env>").splitlines()


def test_dev_and_staging_are_the_same_but_for_their_name(repository: Path):
    assert lines(repository, "dev") == lines(repository, "staging")


def test_prod_differs_only_in_who_decides(repository: Path):
    compared = difflib.unified_diff(
        lines(repository, "dev"), lines(repository, "prod"), n=0, lineterm=""
    )
    changed = {
        line[0] + line[1:].strip() for line in compared if line[:3] not in ("---", "+++", "@@ ")
    }
    assert changed == {
        "-enabled: true",
        "-selfHeal: true",
        "+# Off in git, not left out: only so can git put it back off. A person syncs, with"
        " --prune.",
        "+enabled: false",
        "+selfHeal: false",
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_it_syncs_by_itself_but_in_prod(environment: str, repository: Path):
    text = (repository / "environments" / environment / "monitoring.yaml").read_text()
    policy = yaml.safe_load(text)["spec"]["syncPolicy"]
    assert policy["automated"] == (ON_DEMAND if environment == "prod" else AUTOMATIC)
    assert "FailOnSharedResource=true" in policy["syncOptions"]
    assert policy["retry"]["limit"] == 5
