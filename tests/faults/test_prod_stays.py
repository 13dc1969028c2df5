"""ApplicationSets, the root application or the files they read are gone: prod's workloads stay.

Kubernetes deletes what an ApplicationSet owns, its Applications. Argo CD deletes what an
Application made only where that bears a finalizer; an ApplicationSet gives one unless it preserves:
https://argo-cd.readthedocs.io/en/stable/operator-manual/applicationset/Application-Deletion/
"""

import shutil
from pathlib import Path

import pytest
import yaml

from delivery.scaffold import TEMPLATE, bake
from review.applicationsets import FINALIZER, expand
from review.documents import Document
from review.render import render
from review.repository import Repository
from tests.argocd.conftest import ArgoCd

SETS = ("addons", "services")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With services in it, and all of them in prod."""
    made = bake(TEMPLATE, {"example_services": "yes"}, into=tmp_path_factory.mktemp("baked"))
    for service in made.glob("services/*/*"):
        shutil.copytree(service / "dev", service / "prod", dirs_exist_ok=True)
    return made


def application_set(repository: Path, environment: str, name: str) -> Document:
    file = f"environments/{environment}/{name}.yaml"
    return Document(content=yaml.safe_load((repository / file).read_text()), file=file, line=1)


def checkout(repository: Path, document: Document) -> Repository:
    """The repository, by the address that the document's templates name."""
    spec = document.content["spec"]["template"]["spec"]
    sources = [spec["source"]] if "source" in spec else spec["sources"]
    return Repository(root=repository, url=sources[-1]["repoURL"])


def made_by(repository: Path, environment: str, name: str) -> list[dict]:
    document = application_set(repository, environment, name)
    made, problems = expand(document, repository=checkout(repository, document))
    assert problems == []
    return made


@pytest.mark.parametrize("name", SETS)
def test_deleting_an_applicationset_of_prod_deletes_no_workload(name: str, repository: Path):
    made = made_by(repository, "prod", name)
    assert len(made) >= 4
    assert not any("finalizers" in each["metadata"] for each in made)
    # Elsewhere they bear one: what leaves git there leaves the cluster.
    assert all(
        each["metadata"]["finalizers"] == [FINALIZER] for each in made_by(repository, "dev", name)
    )


def test_deleting_any_application_of_prod_deletes_no_workload(repository: Path):
    """The root, and all that it leads to."""
    applications = render(repository, "prod").applications
    names = {each.name for each in applications}
    assert {"root", "platform", "monitoring", "keda", "api-gateway"} <= names
    assert not any("finalizers" in each.manifest["metadata"] for each in applications)


@pytest.mark.parametrize("name", SETS)
def test_a_generator_that_yields_nothing_takes_nothing_from_prod(
    name: str, repository: Path, tmp_path: Path, everywhere: dict[str, ArgoCd]
):
    emptied = shutil.copytree(repository, tmp_path / "emptied")
    shutil.rmtree(emptied / name)  # their files stand in the folder of that name
    assert made_by(emptied, "prod", name) == []

    # So the controller would delete every Application of the set, if it were let.
    policy = application_set(emptied, "prod", name).content["spec"]["syncPolicy"]
    assert policy["applicationsSync"] == "create-update"
    params = everywhere["prod"].values["configs"]["params"]
    assert params["applicationsetcontroller.policy"] == "create-update"
    assert params["applicationsetcontroller.enable.policy.override"] is False


@pytest.mark.parametrize("name", SETS)
def test_a_generator_that_fails_is_told_and_yields_nothing_in_part(
    name: str, repository: Path, tmp_path: Path
):
    broken = shutil.copytree(repository, tmp_path / "broken")
    pattern = {"addons": "addons/*/addon.yaml", "services": "services/*/*/prod/image.yaml"}[name]
    file = sorted(broken.glob(pattern))[0]
    file.write_text("a: [")
    document = application_set(broken, "prod", name)
    made, problems = expand(document, repository=checkout(broken, document))
    assert made == []
    assert problems
    assert str(file.relative_to(broken)) in str(problems[0])


def test_an_application_whose_files_are_gone_is_not_emptied(repository: Path):
    """`allowEmpty: false`: Argo CD refuses to prune everything that an application has."""
    _, *applications = render(repository, "prod").applications
    for each in applications:
        assert each.manifest["spec"]["syncPolicy"]["automated"]["allowEmpty"] is False, each.name
