"""What each environment's applications may do by themselves; they differ in nothing else."""

import difflib
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

import review.render
from review.schemas import validate
from tests.template.applications import ENVIRONMENTS, PARTS, application, expanded, manifest

AUTOMATIC = {"enabled": True, "prune": True, "selfHeal": True, "allowEmpty": False}
ON_DEMAND = {"enabled": False, "prune": True, "selfHeal": False, "allowEmpty": False}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", PARTS)
def test_it_passes_the_strict_schemas(part: str, environment: str, repository: Path):
    document = dict(manifest(repository, environment, part))
    assert validate(document, kubernetes_version="1.36") == []


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_expanded_application_passes_the_strict_schemas(environment: str, repository: Path):
    applications = expanded(repository, environment)
    assert {"platform", "keda", "external-secrets"} <= applications.keys()
    for each in applications.values():
        assert validate(dict(each), kubernetes_version="1.36") == []


@pytest.mark.parametrize("environment", ["dev", "staging"])
@pytest.mark.parametrize("part", PARTS)
def test_dev_and_staging_follow_git_by_themselves(part: str, environment: str, repository: Path):
    assert application(repository, environment, part)["syncPolicy"]["automated"] == AUTOMATIC


@pytest.mark.parametrize("part", PARTS)
def test_prod_syncs_on_demand_alone(part: str, repository: Path):
    """`enabled: false`, not nothing: only so does git put it back off."""
    assert application(repository, "prod", part)["syncPolicy"]["automated"] == ON_DEMAND


@pytest.mark.parametrize("part", ["addons", "services"])
def test_no_applicationset_can_take_a_workload_from_prod(part: str, repository: Path):
    assert manifest(repository, "prod", part)["spec"]["syncPolicy"] == {
        "applicationsSync": "create-update",
        "preserveResourcesOnDeletion": True,
    }


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", PARTS)
def test_no_application_bears_a_finalizer_of_its_own(part: str, environment: str, repository: Path):
    """Deleting the root application or a file would otherwise delete what runs."""
    document = manifest(repository, environment, part)
    made = document["spec"].get("template", {}).get("metadata", {})
    assert "finalizers" not in document["metadata"]
    assert "finalizers" not in made


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", ["addons", "services"])
def test_a_missing_key_is_an_error(part: str, environment: str, repository: Path):
    spec = manifest(repository, environment, part)["spec"]
    assert spec["goTemplate"] is True
    assert spec["goTemplateOptions"] == ["missingkey=error"]
    assert "templatePatch" not in spec


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", PARTS)
def test_a_failing_sync_is_tried_again_a_few_times_with_what_git_says_then(
    part: str, environment: str, repository: Path
):
    retry = application(repository, environment, part)["syncPolicy"]["retry"]
    assert 0 < retry["limit"] <= 10
    assert retry["refresh"] is True
    assert retry["backoff"].keys() == {"duration", "factor", "maxDuration"}


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", PARTS)
def test_two_applications_never_share_a_resource(part: str, environment: str, repository: Path):
    options = application(repository, environment, part)["syncPolicy"]["syncOptions"]
    assert "FailOnSharedResource=true" in options
    assert "ServerSideApply=true" in options
    assert not any("Replace=true" in option or "Force=true" in option for option in options)


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_whoever_scales_owns_the_replicas(environment: str, repository: Path):
    spec = application(repository, environment, "services")
    assert "RespectIgnoreDifferences=true" in spec["syncPolicy"]["syncOptions"]
    ignored = {(each["group"], each["kind"]): each for each in spec["ignoreDifferences"]}
    for kind in (("apps", "Deployment"), ("argoproj.io", "Rollout")):
        assert ignored[kind]["jsonPointers"] == ["/spec/replicas"]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", PARTS)
def test_it_uses_the_project_of_its_kind_and_its_own_cluster(
    part: str, environment: str, repository: Path
):
    spec = application(repository, environment, part)
    assert spec["project"] == ("services" if part == "services" else "platform")
    assert spec["destination"]["server"] == "https://kubernetes.default.svc"


@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("part", PARTS)
def test_a_missing_value_file_is_never_passed_over(part: str, environment: str, repository: Path):
    assert "ignoreMissingValueFiles" not in yaml.safe_dump(
        dict(manifest(repository, environment, part))
    )


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_a_change_elsewhere_in_the_repository_renders_nothing_anew(
    environment: str, repository: Path
):
    """Every path that is read is named, and no path that is not."""
    platform = manifest(repository, environment, "platform")
    paths = platform["metadata"]["annotations"]["argocd.argoproj.io/manifest-generate-paths"]
    source = platform["spec"]["source"]
    assert _covers(paths.split(";"), [f"/{source['path']}", *source["helm"]["valueFiles"]])

    template = manifest(repository, environment, "services")["spec"]["template"]
    paths = template["metadata"]["annotations"]["argocd.argoproj.io/manifest-generate-paths"]
    source = template["spec"]["source"]
    assert _covers(paths.split(";"), [f"/{source['path']}", *source["helm"]["valueFiles"]])


def _covers(paths: list[str], files: list[str]) -> bool:
    covered = all(any(file.startswith(path) for path in paths) for file in files)
    needed = all(any(file.startswith(path) for file in files) for path in paths)
    return covered and needed


SERVICE_FILES = {
    "values.yaml": "class: api\n",
    "dev/values.yaml": "{}\n",
    "dev/image.yaml": 'image: {repository: r/tribe/shop, tag: "12345678", digest: ""}\n',
}


def test_a_services_folder_becomes_an_application_in_its_namespace(
    repository: Path, tmp_path: Path
):
    copy = tmp_path / "repository"
    shutil.copytree(repository, copy)
    shutil.rmtree(copy / "services", ignore_errors=True)
    for name, text in SERVICE_FILES.items():
        file = copy / "services" / "api-services" / "shop" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    shop = review.render.render(copy, "dev").application("shop").manifest
    assert shop["spec"]["destination"]["namespace"] == "api-services"
    helm = shop["spec"]["source"]["helm"]
    assert helm["releaseName"] == "shop"
    assert helm["valueFiles"] == [
        "/environments/dev/facts.yaml",
        "/environments/dev/values.yaml",
        "/services/api-services/shop/values.yaml",
        "/services/api-services/shop/dev/values.yaml",
        "/services/api-services/shop/dev/image.yaml",
    ]
    assert helm["valuesObject"] == {
        "name": "shop",
        "namespace": "api-services",
        "environment": "dev",
    }
    with pytest.raises(KeyError):
        review.render.render(copy, "staging").application("shop")


OFF = "# Off in git, not left out: only so can git put it back off. A person syncs, with --prune."
# Lines that only dev has, and the lines that stand in their place in prod, without their indent.
DECISION = {"-enabled: true", "-selfHeal: true", f"+{OFF}", "+enabled: false", "+selfHeal: false"}
GUARD = {
    "-applicationsSync: sync",
    "-preserveResourcesOnDeletion: false",
    "+# Nothing that happens to this ApplicationSet or its files takes a workload away.",
    "+applicationsSync: create-update",
    "+preserveResourcesOnDeletion: true",
}
DIFFERENCE_TO_PROD = {
    "platform": DECISION,
    "addons": DECISION | GUARD,
    "services": DECISION | GUARD,
}


def lines(repository: Path, environment: str, part: str) -> list[str]:
    """The file's lines, with the environment's own name put to one word."""
    text = (repository / "environments" / environment / f"{part}.yaml").read_text()
    return text.replace(environment, "<env>").splitlines()


@pytest.mark.parametrize("part", PARTS)
def test_dev_and_staging_are_the_same_but_for_their_name(part: str, repository: Path):
    assert lines(repository, "dev", part) == lines(repository, "staging", part)


@pytest.mark.parametrize("part", PARTS)
def test_prod_differs_from_dev_only_in_who_decides(part: str, repository: Path):
    compared: Any = difflib.unified_diff(
        lines(repository, "dev", part), lines(repository, "prod", part), n=0, lineterm=""
    )
    changed = [line for line in compared if not line.startswith(("---", "+++", "@@"))]
    assert {line[0] + line[1:].lstrip() for line in changed} == DIFFERENCE_TO_PROD[part]
