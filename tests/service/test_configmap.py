"""configmap.yaml"""

from tests.service.chart import Objects, render, service

CHECKSUM = "tribe/config-checksum"


def checksum(objects: Objects) -> str:
    return objects.pod["metadata"]["annotations"][CHECKSUM]


def test_settings_become_environment_variables():
    objects = render(service(config={"FEATURE_GIFTS": "on", "LIMIT": "1e3"}))
    assert objects.one("ConfigMap", "orders")["data"] == {"FEATURE_GIFTS": "on", "LIMIT": "1e3"}
    assert objects.container["envFrom"] == [{"configMapRef": {"name": "orders"}}]


def test_files_stand_at_their_paths():
    content = "routes:\n  - {{ left }} as it is\n"
    objects = render(service(files={"/etc/orders/routes.yaml": content}))
    (mount,) = [each for each in objects.container["volumeMounts"] if each["name"] == "files"]
    config = objects.one("ConfigMap", "orders-files")
    assert mount["mountPath"] == "/etc/orders/routes.yaml"
    assert mount["readOnly"] is True
    assert config["data"] == {mount["subPath"]: content}
    (volume,) = [each for each in objects.pod["spec"]["volumes"] if each["name"] == "files"]
    assert volume["configMap"] == {"name": config["metadata"]["name"]}


def test_a_change_of_settings_rolls_the_pods():
    before = checksum(render(service(config={"LIMIT": "1"})))
    assert checksum(render(service(config={"LIMIT": "1"}))) == before
    assert checksum(render(service(config={"LIMIT": "2"}))) != before


def test_a_change_of_a_file_rolls_the_pods():
    before = checksum(render(service(files={"/etc/a": "1"})))
    assert checksum(render(service(files={"/etc/a": "2"}))) != before


def test_without_settings_there_is_no_config_map():
    assert render(service()).all("ConfigMap") == []
