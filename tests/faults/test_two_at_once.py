"""Two runs at once, into one place: one wins, or both give one whole result; never a mix."""

import shutil
from pathlib import Path

import pytest
import yaml

from delivery.scaffold import TEMPLATE, bake
from delivery.stack_folder import ROOT
from tests.faults.command import end, start
from tests.faults.synthesis import start_synthesis
from tests.synthesis import Stack, read
from tests.template.service.tree import tree

ROUNDS = 2  # each with its own timing
FOLDER = Path("services", "api-services")


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bake(TEMPLATE, {}, into=tmp_path_factory.mktemp("baked"))


@pytest.fixture
def gitops(repository: Path, tmp_path: Path) -> Path:
    """A copy that a test may write to."""
    return shutil.copytree(repository, tmp_path / "gitops")


@pytest.fixture
def stacks(tmp_path: Path) -> Path:
    """A copy of the platform's stacks/services.py."""
    return Path(shutil.copy(ROOT / "stacks" / "services.py", tmp_path))


def add_both(
    one: tuple[str, str], other: tuple[str, str], *, gitops: Path, stacks: Path
) -> list[tuple[int, str]]:
    """Add two services at once. one, other: name and team. Returns how each ended."""
    processes = [
        start(
            *("delivery.service", name, "--class", "api", "--team", team),
            *("--image-tag", "1.0.0", "--into", gitops),
            instead={"STACKS": stacks}, temporary=gitops.parent, home=gitops.parent,
        )
        for name, team in (one, other)
    ]  # fmt: skip
    return [end(process) for process in processes]


def owners(gitops: Path) -> list[str]:
    lines = (gitops / ".github" / "CODEOWNERS").read_text().splitlines()
    return [line for line in lines if line.startswith(f"/{FOLDER}/")]


@pytest.mark.parametrize("_", range(ROUNDS))
def test_of_two_services_with_one_name_one_is_made_whole_and_the_other_is_told(
    _: int, gitops: Path, stacks: Path
):
    teams = ("payments", "models")
    ended = add_both(*(("orders", team) for team in teams), gitops=gitops, stacks=stacks)
    assert sorted(code for code, _ in ended) == [0, 1]
    (winner,) = [team for team, (code, _) in zip(teams, ended, strict=True) if code == 0]
    (said,) = [said for code, said in ended if code == 1]
    assert "services/api-services/orders exists already" in said
    assert owners(gitops) == [f"/{FOLDER}/orders/  @tribe-example/{winner}"]
    made = tree(gitops / FOLDER / "orders")
    assert yaml.safe_load(made["values.yaml"])["team"] == winner
    assert not any(other in "".join(made.values()) for other in teams if other != winner)
    assert stacks.read_text().count('"orders"') == 1
    assert not [each.name for each in gitops.iterdir() if each.name.endswith(".scaffolding")]


@pytest.mark.parametrize("_", range(ROUNDS))
def test_two_services_with_two_names_are_both_made_and_both_have_an_owner(
    _: int, gitops: Path, stacks: Path
):
    ended = add_both(("orders", "payments"), ("cart", "models"), gitops=gitops, stacks=stacks)
    assert ended == [(0, ""), (0, "")]
    assert owners(gitops) == [
        f"/{FOLDER}/cart/  @tribe-example/models",
        f"/{FOLDER}/orders/  @tribe-example/payments",
    ]
    for name in ("orders", "cart"):
        assert (gitops / FOLDER / name / "dev" / "image.yaml").is_file()
        assert stacks.read_text().count(f'name="{name}"') == 1


def test_of_two_scaffolds_into_one_folder_one_makes_it_whole_and_the_other_is_told(
    repository: Path, synthesis: Path, tmp_path: Path
):
    target = tmp_path / "here" / "gitops"
    ended = []
    for process in [
        start(
            *("delivery.scaffold", target),
            instead={"OUTPUT": synthesis, "synthesize": None}, temporary=tmp_path, home=tmp_path,
        )
        for _ in range(2)
    ]:  # fmt: skip
        ended.append(end(process))
    assert sorted(code for code, _ in ended) == [0, 1]
    (said,) = [said for code, said in ended if code == 1]
    assert said.endswith("Nothing was written.\n")
    assert "Traceback" not in said
    assert [each.name for each in target.parent.iterdir()] == ["gitops"]
    assert tree(target).keys() == tree(repository).keys()


def test_two_syntheses_into_one_folder_give_one_whole_result(
    synthesized: dict[str, Stack], tmp_path: Path
):
    output = tmp_path / "out"
    both = [start_synthesis(output, temporary=tmp_path) for _ in range(2)]
    assert [end(each) for each in both] == [(0, ""), (0, "")]
    assert read(output) == synthesized
