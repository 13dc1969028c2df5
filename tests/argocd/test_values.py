"""Where Argo CD's pods run, what they ask for, what survives, what is told and watched."""

from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from stacks.argocd import FOLDER
from stacks.environments.nodes import SYSTEM
from stacks.nodes import WORKLOAD_LABEL
from tests.argocd.conftest import ArgoCd

COMPONENTS = ("controller", "server", "repoServer", "applicationSet", "notifications")


def nodes(values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every part of the values that says where pods go."""
    for value in values.values():
        if isinstance(value, dict):
            if "nodeSelector" in value:
                yield value
            yield from nodes(value)


def test_all_pods_go_to_the_system_nodes_and_tolerate_their_taint(argocd: ArgoCd) -> None:
    [taint] = SYSTEM.taints
    placed = list(nodes(argocd.values))
    assert argocd.values["global"] in placed
    for part in placed:
        assert part["nodeSelector"][WORKLOAD_LABEL] == SYSTEM.name
        assert part["tolerations"] == [{"key": taint.key, "operator": "Exists"}]


@pytest.mark.parametrize("component", [*COMPONENTS, "redis", "redisSecretInit"])
def test_every_component_says_what_it_needs_and_may_take(argocd: ArgoCd, component: str) -> None:
    resources = argocd.values[component]["resources"]
    for bound in ("requests", "limits"):
        assert set(resources[bound]) == {"cpu", "memory"}


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_is_scraped_without_a_crd(argocd: ArgoCd, component: str) -> None:
    metrics = argocd.values[component]["metrics"]
    assert metrics == {"enabled": True}
    assert argocd.values["global"]["addPrometheusAnnotations"] is True


@pytest.mark.parametrize("component", ["server", "repoServer", "applicationSet"])
def test_prod_stays_when_a_pod_goes_and_lets_nodes_be_drained(
    everywhere: dict[str, ArgoCd], component: str
) -> None:
    values = everywhere["prod"].values[component]
    assert values["replicas"] >= 2
    assert values["pdb"]["enabled"] is True
    assert values["pdb"]["minAvailable"] < values["replicas"]


def test_prods_cache_survives_a_zone_and_insists_on_none(everywhere: dict[str, ArgoCd]) -> None:
    values = everywhere["prod"].values
    ha = values["redis-ha"]
    assert (ha["enabled"], values["redis"]["enabled"]) == (True, False)
    assert ha["topologySpreadConstraints"]["topologyKey"] == "topology.kubernetes.io/zone"
    for part in (ha, ha["haproxy"]):
        assert part["hardAntiAffinity"] is False
        assert part["podDisruptionBudget"] == {"maxUnavailable": 1}
    for part in ("redis", "sentinel", "splitBrainDetection", "init", "haproxy"):
        assert set(ha[part]["resources"]) == {"requests", "limits"}


def test_pods_spread_over_zones_and_start_without_one(argocd: ArgoCd) -> None:
    [spread] = argocd.values["global"]["topologySpreadConstraints"]
    assert spread["topologyKey"] == "topology.kubernetes.io/zone"
    assert spread["whenUnsatisfiable"] == "ScheduleAnyway"


def test_deployments_roll_without_a_gap(argocd: ArgoCd) -> None:
    strategy = argocd.values["global"]["deploymentStrategy"]["rollingUpdate"]
    assert strategy == {"maxSurge": 1, "maxUnavailable": 0}


def test_waves_wait_for_the_applications_in_them(argocd: ArgoCd) -> None:
    check = argocd.values["configs"]["cm"]["resource.customizations.health.argoproj.io_Application"]
    assert "obj.status.health.status" in check
    assert check.rstrip().endswith("return hs")


def test_value_files_come_from_the_repository_alone(argocd: ArgoCd) -> None:
    cm = argocd.values["configs"]["cm"]
    assert cm["helm.valuesFileSchemes"] == "none"
    assert (cm["kustomize.enable"], cm["jsonnet.enable"]) == (False, False)


def test_what_changes_all_day_is_not_watched(argocd: ArgoCd) -> None:
    excluded = yaml.safe_load(argocd.values["configs"]["cm"]["resource.exclusions"])
    kinds = {
        (group, kind) for each in excluded for group in each["apiGroups"] for kind in each["kinds"]
    }
    assert {
        ("", "Event"),
        ("coordination.k8s.io", "Lease"),
        ("discovery.k8s.io", "EndpointSlice"),
    } <= kinds
    # What the repository holds must be seen.
    assert not {kind for _, kind in kinds} & {"NetworkPolicy", "Secret", "Ingress", "Deployment"}


def test_what_is_told_has_a_trigger_and_each_trigger_a_template(argocd: ArgoCd) -> None:
    told = argocd.values["notifications"]
    for trigger, text in told["triggers"].items():
        for condition in yaml.safe_load(text):
            for template in condition["send"]:
                assert f"template.{template}" in told["templates"], trigger
    for subscription in told.get("subscriptions", []):
        for trigger in subscription["triggers"]:
            assert f"trigger.{trigger}" in told["triggers"]


def test_notifications_are_on_where_the_settings_name_a_channel(argocd: ArgoCd) -> None:
    settings, told = argocd.environment.gitops.notifications, argocd.values["notifications"]
    assert told["enabled"] is (settings is not None)
    if settings:
        told_to = {each["recipients"][0]: each["triggers"] for each in told["subscriptions"]}
        slack = told_to.pop(f"slack:{settings.slack_channel}", [])
        assert len(slack) == (len(settings.events) if settings.slack_channel else 0)
        assert told_to == ({"github": ["on-deployment"]} if settings.deployments else {})


def test_people_sign_in_with_a_public_client_and_no_secret(argocd: ArgoCd) -> None:
    oidc = yaml.safe_load(argocd.values["configs"]["cm"]["oidc.config"])
    sso = argocd.environment.gitops.sso
    assert sso is not None
    assert (oidc["issuer"], oidc["clientID"]) == (sso.issuer_url, sso.client_id)
    assert oidc["enablePKCEAuthentication"] is True
    assert "clientSecret" not in oidc
    assert argocd.values["configs"]["rbac"]["scopes"] == f"[{sso.groups_claim}]"


def test_a_host_is_its_own_class_and_speaks_tls_to_the_pods(everywhere: dict[str, ArgoCd]) -> None:
    values = everywhere["prod"].values
    ingress = values["server"]["ingress"]
    assert values["global"]["domain"] == "argocd.tribe.example.com"
    assert ingress["ingressClassName"] == "argocd"
    # Certificate, firewall and scheme are the class's; annotations would be a second owner.
    assert ingress["annotations"] == {
        "alb.ingress.kubernetes.io/backend-protocol": "HTTPS",
        "alb.ingress.kubernetes.io/healthcheck-protocol": "HTTPS",
        "alb.ingress.kubernetes.io/healthcheck-path": "/healthz",
    }
    assert "server.insecure" not in values["configs"]["params"]


def test_where_there_is_no_host_there_is_no_ingress(everywhere: dict[str, ArgoCd]) -> None:
    for name in ("dev", "staging"):
        assert "ingress" not in everywhere[name].values["server"]
        assert everywhere[name].values["global"]["domain"] == "localhost:8443"


def test_terraform_reads_nothing_in_the_files_as_its_own() -> None:
    for path in FOLDER.rglob("*.yaml"):
        text = path.read_text()
        assert "${" not in text, path
        assert "%{" not in text, path
