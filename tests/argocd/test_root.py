"""The root application; and that no single edit makes prod sync by itself."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from tests.argocd.conftest import ArgoCd
from tests.argocd.project import goes_to, lets_sync, syncs_by_itself, takes_from

Manifest = dict[str, Any]

AUTOMATED = [
    None,
    {},
    {"enabled": True},
    {"enabled": None},
    {"prune": True},
    {"prune": True, "selfHeal": True},
    {"enabled": True, "prune": True, "selfHeal": True, "allowEmpty": True},
]


def service(root: Manifest) -> Manifest:
    """An application of a service, off as the repository would have it in prod."""
    application = copy.deepcopy(root)
    application["metadata"]["name"] = "api-gateway"
    application["spec"]["project"] = "services"
    return application


def single_edits(application: Manifest, other: Manifest, projects: list[str]) -> Iterator[Manifest]:
    """The application with one thing changed: a node deleted, a node as in `other`, another
    project, another automation, another name.
    """
    for path in paths(application):
        yield edited(application, path, None)
        if (value := at(other, path)) is not None:
            yield edited(application, path, value)
    for project in [*projects, "of-nobody", ""]:
        yield edited(application, ("spec", "project"), project)
    for automated in AUTOMATED:
        yield edited(application, ("spec", "syncPolicy", "automated"), automated)
    for name in ("another", "root", ""):
        yield edited(application, ("metadata", "name"), name)
    for namespace in ("default", "kube-system"):
        yield edited(application, ("spec", "destination", "namespace"), namespace)


def paths(node: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, value in node.items():
        if (*above, key) not in {("metadata",), ("metadata", "name"), ("spec",)}:
            yield (*above, key)
        if isinstance(value, dict):
            yield from paths(value, (*above, key))


def at(node: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        node = node.get(key) if isinstance(node, dict) else None
    return node


def edited(application: Manifest, path: tuple[str, ...], value: Any) -> Manifest:
    """A copy with `value` at `path`; None deletes what is there."""
    changed = copy.deepcopy(application)
    parent = at(changed, path[:-1])
    if value is None:
        parent.pop(path[-1], None)
    else:
        parent[path[-1]] = value
    return changed


def test_the_root_is_inside_the_borders_of_its_project(argocd: ArgoCd) -> None:
    spec, project = argocd.root["spec"], argocd.projects[argocd.root["spec"]["project"]]
    assert takes_from(project, spec["source"]["repoURL"])
    assert goes_to(project, spec["destination"]["namespace"])


def test_the_root_follows_its_environments_folder(argocd: ArgoCd) -> None:
    source = argocd.root["spec"]["source"]
    repository = argocd.environment.gitops.repository
    assert (source["repoURL"], source["targetRevision"]) == (repository.url, repository.revision)
    assert source["path"] == f"environments/{argocd.environment.name}"


def test_values_and_facts_are_not_read_as_manifests(argocd: ArgoCd) -> None:
    assert argocd.root["spec"]["source"]["directory"] == {"exclude": "{facts.yaml,values.yaml}"}


def test_deleting_the_root_deletes_nothing_else(argocd: ArgoCd) -> None:
    assert "finalizers" not in argocd.root["metadata"]


def test_retries_end_and_take_what_git_says_then(argocd: ArgoCd) -> None:
    retry = argocd.root["spec"]["syncPolicy"]["retry"]
    assert 0 < retry["limit"] <= 10
    assert retry["refresh"] is True
    assert argocd.root["spec"]["syncPolicy"]["automated"]["allowEmpty"] is False


def test_dev_and_staging_sync_by_themselves_and_prod_does_not(
    everywhere: dict[str, ArgoCd],
) -> None:
    found = {name: syncs_by_itself(each.root, each.projects) for name, each in everywhere.items()}
    assert found == {"dev": True, "staging": True, "prod": False}


@pytest.mark.parametrize("start", ["root", "service"])
def test_no_single_edit_of_an_application_makes_prod_sync_by_itself(
    everywhere: dict[str, ArgoCd], start: str
) -> None:
    prod, dev = everywhere["prod"], everywhere["dev"]
    application, other = prod.root, dev.root
    if start == "service":
        application, other = service(application), service(other)
    edits = list(single_edits(application, other, list(prod.projects)))
    assert len(edits) > 50
    assert [edit for edit in edits if syncs_by_itself(edit, prod.projects)] == []
    # The same edits, where no window stands in their way: the test can fail.
    assert [edit for edit in edits if syncs_by_itself(edit, dev.projects)]


def test_every_project_of_prod_lets_a_person_sync(everywhere: dict[str, ArgoCd]) -> None:
    prod = everywhere["prod"]
    for project in prod.projects.values():
        assert lets_sync(project, prod.root, manual=True)
        assert not lets_sync(project, prod.root, manual=False)


def test_no_application_set_deletes_applications_in_prod(everywhere: dict[str, ArgoCd]) -> None:
    params = everywhere["prod"].values["configs"]["params"]
    assert params["applicationsetcontroller.policy"] == "create-update"
    assert params["applicationsetcontroller.enable.policy.override"] is False
