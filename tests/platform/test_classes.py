"""Priorities, disks, load balancers and secret stores."""

from pathlib import Path

import pytest

from stacks.naming import role_arn, secret_reader_role
from stacks.settings import Environment
from tests.platform.rendering import Documents, platform, values
from tests.synthesis import Stack


def test_controllers_come_before_services_and_services_before_background_work(rendered: Documents):
    classes = {each["metadata"]["name"]: each for each in rendered.of("PriorityClass")}
    order = sorted(classes, key=lambda name: -classes[name]["value"])
    assert order == ["platform-critical", "service", "background"]
    assert not any(each["globalDefault"] for each in classes.values())


def test_disks_are_encrypted_with_the_environments_key_unless_someone_asks_otherwise(
    rendered: Documents, repository: Path, environment: Environment
):
    (storage,) = rendered.of("StorageClass")
    facts = values(repository, environment.name)["facts"]
    assert storage["metadata"]["annotations"] == {
        "storageclass.kubernetes.io/is-default-class": "true"
    }
    assert storage["parameters"]["encrypted"] == "true"
    assert storage["parameters"]["kmsKeyId"] == facts["volumesKeyArn"]
    assert storage["volumeBindingMode"] == "WaitForFirstConsumer"
    assert storage["reclaimPolicy"] == ("Retain" if environment.production else "Delete")


def test_each_host_has_a_load_balancer_of_its_own_with_firewall_tls_and_logs(
    rendered: Documents, repository: Path, environment: Environment
):
    facts = values(repository, environment.name)["facts"]
    classes = {each["metadata"]["name"]: each["spec"] for each in rendered.of("IngressClass")}
    assert classes.keys() == {"api", "argocd", "monitoring", "web"}
    groups = set()
    for name, ingress_class in classes.items():
        assert ingress_class["controller"] == "ingress.k8s.aws/alb"
        spec = rendered.named("IngressClassParams", ingress_class["parameters"]["name"])["spec"]
        groups.add(spec["group"]["name"])
        assert spec["wafv2AclArn"] == facts["webAclArn"]
        assert spec["certificateArn"] == [facts["certificateArn"]]
        assert spec["sslPolicy"].startswith("ELBSecurityPolicy-TLS13-1-2-")
        assert spec["targetType"] == "ip"
        attributes = {each["key"]: each["value"] for each in spec["loadBalancerAttributes"]}
        assert attributes["access_logs.s3.bucket"] == facts["accessLogBucket"]
        # The bucket's policy takes logs under any one folder, and none at its top.
        assert attributes["access_logs.s3.prefix"] == name
        protected = str(environment.production).lower()
        assert attributes["deletion_protection.enabled"] == protected
    assert len(groups) == 4


@pytest.mark.parametrize(
    ("name", "namespaces"),
    [
        ("api", ["api-services", "ai-services"]),
        ("web", ["frontend-services"]),
        ("monitoring", ["monitoring"]),
    ],
)
def test_only_its_own_namespaces_join_a_load_balancer(
    name: str, namespaces: list[str], repository: Path
):
    spec = platform(repository, "prod").named("IngressClassParams", name)["spec"]
    (expression,) = spec["namespaceSelector"]["matchExpressions"]
    assert (expression["operator"], expression["values"]) == ("In", namespaces)


def test_each_reader_that_terraform_makes_has_its_store_and_no_store_is_without(
    rendered: Documents, synthesized: dict[str, Stack], environment: Environment
):
    roles = synthesized[f"{environment.name}-identity"]["resource"]["aws_iam_role"].values()
    readers = {role["name"] for role in roles if "-secrets-" in role["name"]}
    stores = {each["metadata"]["namespace"]: each for each in rendered.of("SecretStore")}
    assert {secret_reader_role(environment.name, namespace) for namespace in stores} == readers
    for namespace, store in stores.items():
        assert store["metadata"]["name"] == "secrets-manager"
        provider = store["spec"]["provider"]["aws"]
        reader = secret_reader_role(environment.name, namespace)
        assert provider["role"] == role_arn(environment.account.id, reader)
        assert provider["region"] == environment.region
        assert "auth" not in provider, "Pod Identity cannot come by a service account's reference"
