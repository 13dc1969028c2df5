"""Bad answers are refused before anything is written. A file's name in `refused/` is its claim."""

import shutil
from pathlib import Path

import pytest
import yaml
from cookiecutter.exceptions import FailedHookException
from cookiecutter.main import cookiecutter

from delivery.service import TEMPLATE, add_service
from tests.template.service.tree import tree

CASES = sorted((Path(__file__).parent / "refused").glob("*.yaml"))
STANDING = {"name": "cart", "team": "shop", "exposure": "path", "path": "/cart"}
PORT = {"name": "relay", "team": "shop", "exposure": "nodePort", "node_port": "30090"}


@pytest.fixture(scope="module")
def inhabited(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with two services. What is refused does not change it."""
    gitops = shutil.copytree(repository, tmp_path_factory.mktemp("inhabited") / "gitops")
    add_service(gitops, STANDING)
    add_service(gitops, PORT)
    return gitops


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_refused(case: Path, inhabited: Path):
    given = yaml.safe_load(case.read_text())
    before = tree(inhabited)
    with pytest.raises(FailedHookException) as refusal:
        add_service(inhabited, {"name": "orders", "team": "payments"} | given["answers"])
    message = str(refusal.value)
    assert given["told"] in message
    assert message.endswith("Nothing was written.")
    assert tree(inhabited) == before


def test_all_faults_are_named_at_once(inhabited: Path):
    answers = {"name": "Orders", "team": "A team", "strategy": "canery", "colour": "blue"}
    with pytest.raises(FailedHookException) as refusal:
        add_service(inhabited, answers)
    named = [line.partition(":")[0] for line in str(refusal.value).splitlines()]
    assert named == ["colour", "name", "team", "strategy", "Nothing was written."]


@pytest.mark.parametrize("answer", ["service_class", "strategy", "exposure", "queue"])
def test_a_choice_that_is_none_is_refused_from_a_config_file_too(
    answer: str, inhabited: Path, tmp_path: Path
):
    config = tmp_path / "config.yaml"
    context = {"name": "orders", "team": "payments", answer: "other"}
    kept = {"replay_dir": str(tmp_path / "replay"), "cookiecutters_dir": str(tmp_path / "cache")}
    config.write_text(yaml.safe_dump({"default_context": context, **kept}))
    with pytest.raises(FailedHookException, match=f"{answer}: 'other' is none of the choices"):
        cookiecutter(
            str(TEMPLATE), no_input=True, output_dir=str(inhabited), config_file=str(config)
        )


def test_a_folder_that_is_no_gitops_repository_is_refused(tmp_path: Path):
    with pytest.raises(FailedHookException, match="is no GitOps repository of this platform"):
        add_service(tmp_path, {"name": "orders", "team": "payments"})
    assert list(tmp_path.iterdir()) == []


def test_a_repository_that_lost_its_owners_is_refused(gitops: Path):
    (gitops / ".github" / "CODEOWNERS").unlink()
    before = tree(gitops)
    with pytest.raises(FailedHookException, match=r"it has no \.github/CODEOWNERS"):
        add_service(gitops, {"name": "orders", "team": "payments"})
    assert tree(gitops) == before


def test_a_service_that_differs_by_case_alone_is_refused(gitops: Path):
    (gitops / "services" / "api-services" / "Orders").mkdir(parents=True)
    with pytest.raises(FailedHookException, match="services/api-services/Orders exists already"):
        add_service(gitops, {"name": "orders", "team": "payments"})


def test_a_path_that_a_service_owns_in_one_environment_only_is_refused(gitops: Path):
    folder = add_service(gitops, {"name": "cart", "team": "shop"})
    (folder / "dev" / "values.yaml").write_text("exposure: {kind: path, path: /basket}\n")
    with pytest.raises(FailedHookException, match="path: /basket at the host 'api' is"):
        add_service(
            gitops, {"name": "orders", "team": "payments", "exposure": "path", "path": "/basket"}
        )


def test_the_same_path_at_another_host_is_free(gitops: Path):
    add_service(gitops, STANDING)
    shop = {"name": "shop", "team": "shop", "service_class": "frontend", "exposure": "path"}
    folder = add_service(gitops, shop | {"path": "/cart"})
    assert (folder / "values.yaml").is_file()
