"""What must not be there twice in a pod or a Service, and numbers that do not go together."""

from typing import Any

import pytest

from tests.review.schemas.accepted import ACCEPTED
from tests.review.schemas.test_native import CONTAINER, DEPLOYMENT, SERVICE, changed, problems

SCALED = next(each for each in ACCEPTED if each["kind"] == "ScaledObject")
POD = "spec.template.spec"
TWO = [{"name": "a", "emptyDir": {}}, {"name": "a", "emptyDir": {}}]
PROBE = f"{CONTAINER}.livenessProbe"


@pytest.mark.parametrize(
    ("given", "path", "value", "said"),
    [
        (DEPLOYMENT, f"{POD}.volumes", [{"name": "scratch", "emptyDir": {}}, *TWO],
         "volumes[2].name: a is there twice"),
        (DEPLOYMENT, f"{POD}.initContainers", [{"name": "orders", "image": "a"}],
         "name: orders is there twice"),
        (DEPLOYMENT, f"{CONTAINER}.ports", [
            {"name": "http", "containerPort": 80}, {"name": "http", "containerPort": 81}],
         "the port http is there twice"),
        (DEPLOYMENT, PROBE, {"httpGet": {"path": "/", "port": 70000}},
         "must be from 1 to 65535, not 70000"),
        (SERVICE, "spec.ports", [{"name": "a", "port": 80}, {"name": "a", "port": 81}],
         "ports[1].name: a is there twice"),
        (SCALED, "spec.minReplicaCount", 200, "is 200, above maxReplicaCount"),
        (SCALED, "spec.idleReplicaCount", 50, "must be below minReplicaCount"),
    ],
)  # fmt: skip
def test_it_is_refused(given: dict, path: str, value: Any, said: str) -> None:
    found = problems(changed(given, path, value))
    assert len(found) == 1, found
    assert said in ": ".join(found[0])
