"""The three environments: the same Argo CD, and the few places where they may differ."""

from collections.abc import Iterator
from typing import Any

from tests.argocd.conftest import ArgoCd

# What prod has more of: people who approve, and copies.
PROD_VALUES = {
    *("configs.cm.additionalUrls", "configs.params.applicationsetcontroller.policy"),
    "configs.params.applicationsetcontroller.enable.policy.override",
    "configs.rbac.policy.sync.csv",
    *("global.domain", "server.ingress"),
    *(
        f"{each}.{what}"
        for each in ("server", "repoServer", "applicationSet")
        for what in ("replicas", "pdb")
    ),
    *("redis.enabled", "redis-ha"),
}
PROD_ROOT = {"spec.source.path", "spec.syncPolicy.automated.enabled"}


def differences(one: Any, other: Any, path: str = "") -> Iterator[str]:
    """The paths at which two documents differ; a map that only one has counts as one path."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            below = f"{path}.{key}" if path else key
            if key in one and key in other:
                yield from differences(one[key], other[key], below)
            else:
                yield below
    elif one != other:
        yield path


def apart_from_notifications(argocd: ArgoCd) -> dict[str, Any]:
    """All but what is told and where, which each environment has for itself."""
    return {key: value for key, value in argocd.values.items() if key != "notifications"}


def test_dev_and_staging_have_the_same_values(everywhere: dict[str, ArgoCd]) -> None:
    dev, staging = (apart_from_notifications(everywhere[name]) for name in ("dev", "staging"))
    assert list(differences(dev, staging)) == []


def test_notifications_differ_in_whom_they_tell_of_what_alone(
    everywhere: dict[str, ArgoCd],
) -> None:
    may = ("context", "enabled", "subscriptions", "notifiers.service.github")
    for one in everywhere.values():
        for other in everywhere.values():
            found = differences(one.values["notifications"], other.values["notifications"])
            assert [path for path in found if not path.startswith(may)] == []
        if one.environment.gitops.notifications:
            assert one.values["notifications"]["context"] == {"environment": one.environment.name}


def test_prod_differs_in_its_values_where_it_may(everywhere: dict[str, ArgoCd]) -> None:
    staging, prod = (apart_from_notifications(everywhere[name]) for name in ("staging", "prod"))
    found = set(differences(staging, prod))
    assert found == PROD_VALUES


def test_dev_and_staging_have_the_same_projects(everywhere: dict[str, ArgoCd]) -> None:
    assert everywhere["dev"].projects == everywhere["staging"].projects


def test_prods_projects_differ_in_their_windows_alone(everywhere: dict[str, ArgoCd]) -> None:
    dev, prod = everywhere["dev"].projects, everywhere["prod"].projects
    assert dev.keys() == prod.keys()
    for name in dev:
        assert list(differences(dev[name], prod[name])) == ["spec.syncWindows"], name
        assert "syncWindows" in prod[name]["spec"]


def test_the_roots_differ_in_their_folder_and_prods_is_off(everywhere: dict[str, ArgoCd]) -> None:
    dev, staging, prod = (everywhere[name].root for name in ("dev", "staging", "prod"))
    assert list(differences(dev, staging)) == ["spec.source.path"]
    assert set(differences(dev, prod)) == PROD_ROOT
