"""externalsecret.yaml"""

from tests.service.chart import render, service


def test_each_secret_is_a_key_of_the_services_own_entry_in_secrets_manager():
    objects = render(service(environment="prod", secrets=["DATABASE_URL", "SIGNING_KEY_ID"]))
    spec = objects.one("ExternalSecret")["spec"]
    assert [each["secretKey"] for each in spec["data"]] == ["DATABASE_URL", "SIGNING_KEY_ID"]
    for each in spec["data"]:
        assert each["remoteRef"]["key"] == "tribe/prod/api-services/orders"
        assert each["remoteRef"]["property"] == each["secretKey"]


def test_it_reads_by_its_namespaces_store():
    spec = render(service(secrets=["DATABASE_URL"])).one("ExternalSecret")["spec"]
    assert spec["secretStoreRef"] == {"kind": "SecretStore", "name": "secrets-manager"}


def test_the_pod_waits_for_the_secret_and_reads_all_of_it():
    objects = render(service(secrets=["DATABASE_URL"]))
    secret = objects.one("ExternalSecret")["spec"]["target"]["name"]
    assert objects.container["envFrom"] == [{"secretRef": {"name": secret}}]


def test_no_secrets_value_is_rendered():
    objects = render(service(secrets=["DATABASE_URL"]))
    assert "Secret" not in objects.kinds()


def test_without_secrets_nothing_is_asked_of_secrets_manager():
    assert render(service()).all("ExternalSecret") == []
