"""serviceaccount.yaml"""

from tests.service.chart import NAMESPACES, render, service


def test_the_pods_run_as_the_account_that_aws_knows():
    """stacks/services.py binds the role to <namespace>/<service's name>."""
    for service_class, namespace in NAMESPACES.items():
        objects = render(service(service_class))
        account = objects.one("ServiceAccount")["metadata"]
        assert (account["namespace"], account["name"]) == (namespace, "orders")
        assert objects.pod["spec"]["serviceAccountName"] == account["name"]


def test_no_role_stands_in_git():
    assert "annotations" not in render(service()).one("ServiceAccount")["metadata"]
