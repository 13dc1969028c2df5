"""deployment.yaml"""

from tests.service.chart import render, service


def test_rolling_brings_one_new_pod_before_it_takes_an_old_one():
    deployment = render(service()).one("Deployment")
    assert deployment["spec"]["strategy"] == {
        "type": "RollingUpdate",
        "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0},
    }


def test_rolling_is_what_a_service_gets_that_says_nothing():
    assert render(service()).kinds() & {"Deployment", "Rollout"} == {"Deployment"}


def test_a_service_that_loads_for_long_has_as_much_longer_to_progress():
    usual = render(service()).one("Deployment")["spec"]["progressDeadlineSeconds"]
    slow = render(service("ai", health={"startSeconds": 900})).one("Deployment")
    assert slow["spec"]["progressDeadlineSeconds"] == usual + 900
