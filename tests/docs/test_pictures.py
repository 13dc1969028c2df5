"""The pictures show all there is, and refuse to be drawn where they would lie."""

import json
import re
import shutil
from collections.abc import Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

import review.render
from stacks.environments import PLATFORM
from tools.pages import accounts_picture, repository_picture, stacks_picture
from tools.pages.flowchart import Flowchart, identifier
from tools.pages.flows import NoWord, flows
from tools.pages.sources import Sources

NAMES = [each.name for each in PLATFORM.environments]
DECLARED = re.compile(r"^ *(?:subgraph )?(n_\w+)(?:\[|\()", re.MULTILINE)
ARROW = re.compile(r"^ *(n_\w+) (?:-->|-\.->|<-->)(?:\|\"[^\"]*\"\|)? (n_\w+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def stacks(sources: Sources) -> str:
    return stacks_picture.picture(PLATFORM, sources.stacks, sources.dependencies, shown="dev")


@pytest.fixture(scope="module")
def accounts(sources: Sources) -> str:
    return accounts_picture.picture(PLATFORM, sources.stacks)


@pytest.fixture(scope="module")
def repository(sources: Sources) -> str:
    return repository_picture.picture(sources.repository, environments=NAMES, shown="dev")


def every_picture(stacks: str, accounts: str, repository: str) -> list[str]:
    return [text.partition("```\n")[0] for text in (stacks, accounts, repository)]


def test_every_line_is_a_box_an_arrow_or_a_frame(
    stacks: str, accounts: str, repository: str
) -> None:
    for text in every_picture(stacks, accounts, repository):
        head, kind, *lines = text.strip().splitlines()
        assert (head, kind) == ("```mermaid", "flowchart LR")
        box = re.compile(r'(subgraph )?n_\w+(\[|\(\[)"[^"]+"(\]|\]\))')
        odd = [
            line
            for line in lines
            if not (box.fullmatch(line.strip()) or ARROW.fullmatch(line) or line.strip() == "end")
        ]
        assert odd == []


def test_every_arrow_leads_from_a_box_to_a_box(stacks: str, accounts: str, repository: str) -> None:
    for text in every_picture(stacks, accounts, repository):
        declared = DECLARED.findall(text)
        assert len(declared) == len(set(declared))
        ends = {end for arrow in ARROW.findall(text) for end in arrow}
        assert ends
        assert ends <= set(declared)


def test_every_dependency_of_an_environments_stacks_is_an_arrow_or_a_named_key(
    stacks: str, sources: Sources
) -> None:
    arrows = set(ARROW.findall(stacks))
    for after, all_before in sources.dependencies.items():
        noun = after.removeprefix("dev-")
        for before in all_before if after.startswith("dev-") else []:
            other = before.removeprefix("dev-")
            boxed = re.search(rf'n_{noun}\["{noun}<br/>keys: ', stacks)
            assert (identifier(other), identifier(noun)) in arrows or (
                other == "encryption" and boxed
            ), f"{before} → {after}"


def test_every_reference_between_stacks_is_in_a_flow(sources: Sources) -> None:
    found = {(flow.before, flow.after) for flow in flows_of(sources, "prod") if flow.what}
    for name, stack in sources.stacks.items():
        if name.startswith("prod-"):
            for other in re.findall(
                r"outputs-input-|reference-input-(prod-\w+)", json.dumps(stack)
            ):
                assert (other.removeprefix("prod-"), name.removeprefix("prod-")) in found


def flows_of(sources: Sources, environment: str) -> list[Any]:
    return flows(sources.stacks, sources.dependencies, environment)


def test_where_prod_takes_more_than_dev_it_is_said(stacks: str) -> None:
    assert "`prod-access` also takes of `cluster`: name." in stacks


def changed(sources: Sources, stack: str) -> tuple[dict[str, Any], Mapping[str, list[str]]]:
    """The stacks, of which one may be changed."""
    return {**sources.stacks, stack: deepcopy(sources.stacks[stack])}, dict(sources.dependencies)


def test_an_environment_of_another_shape_is_not_drawn_as_the_others(sources: Sources) -> None:
    dependencies = {**sources.dependencies, "prod-edge": ["prod-encryption", "prod-network"]}
    with pytest.raises(stacks_picture.NotOfOneShape, match="dev and prod differ in network → edge"):
        stacks_picture.picture(PLATFORM, sources.stacks, dependencies, shown="dev")


def test_a_stack_that_one_environment_lacks_is_told(sources: Sources) -> None:
    dependencies = {**sources.dependencies, "staging-cache": []}
    with pytest.raises(stacks_picture.NotOfOneShape, match="dev and staging differ in cache"):
        stacks_picture.picture(PLATFORM, sources.stacks, dependencies, shown="dev")


def test_what_crosses_without_a_word_for_it_is_told(sources: Sources) -> None:
    stacks, dependencies = changed(sources, "dev-network")
    outputs = stacks["dev-network"]["output"]
    (vpc,) = [name for name in outputs if "aws_vpc" in name]
    outputs[vpc]["value"] = "${aws_vpc.vpc.owner_id}"
    with pytest.raises(NoWord, match=r"aws_vpc\.owner_id crosses from stack to stack"):
        flows(stacks, dependencies, "dev")


def test_an_argo_cd_that_watches_another_folder_is_not_drawn(sources: Sources) -> None:
    stacks, _ = changed(sources, "dev-gitops")
    text = json.dumps(stacks["dev-gitops"]).replace("environments/dev", "environments/else")
    stacks["dev-gitops"] = json.loads(text)
    with pytest.raises(LookupError, match="makes no application of path: environments/dev"):
        accounts_picture.picture(PLATFORM, stacks)


def test_images_of_another_registry_are_not_drawn(sources: Sources) -> None:
    stacks, _ = changed(sources, "dev-outputs")
    stacks["dev-outputs"]["output"]["registry"]["value"] = "999999999999.dkr.ecr.example"
    with pytest.raises(LookupError, match="dev pulls from"):
        accounts_picture.picture(PLATFORM, stacks)


def test_every_environment_stands_in_its_account(accounts: str) -> None:
    for account in PLATFORM.accounts:
        frame = accounts.partition(f'["AWS account {account.name}"]')[2].partition("  end")[0]
        inside = [
            each.name for each in PLATFORM.environments if f"cluster {each.cluster_name}" in frame
        ]
        assert inside == [each.name for each in PLATFORM.environments_in(account)]


def test_every_application_and_namespace_of_dev_is_in_the_picture(
    repository: str, sources: Sources
) -> None:
    rendering = review.render.render(sources.repository, "dev")
    drawn = repository.partition("```\n")[0].replace(".yaml", "")
    boxes = set(re.findall(r"[\"/>]([a-z][a-z-]+)(?=[<\":])", drawn))
    assert {each.name for each in rendering.applications} <= boxes
    made = {each.name for each in rendering.documents if each.kind == "Namespace"}
    assert len(made) == 6
    assert made <= boxes


def test_a_repository_that_does_not_render_is_not_drawn(sources: Sources, tmp_path: Path) -> None:
    broken = tmp_path / "repository"
    shutil.copytree(sources.repository, broken)
    shutil.rmtree(broken / "platform")
    with pytest.raises(repository_picture.DoesNotRender, match="platform"):
        repository_picture.picture(broken, environments=["dev"], shown="dev")


def test_a_repository_whose_environments_differ_is_not_drawn_as_one(
    sources: Sources, tmp_path: Path
) -> None:
    other = tmp_path / "repository"
    shutil.copytree(sources.repository, other)
    (other / "environments" / "prod" / "addons.yaml").unlink()
    with pytest.raises(repository_picture.NotOfOneShape, match=r"dev and prod differ in .*addons"):
        repository_picture.picture(other, environments=NAMES, shown="dev")


def test_it_is_said_where_nothing_syncs_by_itself(repository: str) -> None:
    rows = [line.split(" | ")[:2] for line in repository.splitlines() if line.startswith("| ")]
    assert rows[-3:] == [["| dev", "all"], ["| staging", "all"], ["| prod", "none"]]


def test_text_that_mermaid_would_read_as_its_own_is_quoted() -> None:
    chart = Flowchart()
    chart.node("end", 'say "a" #1')
    assert chart.text().splitlines()[2] == '  n_end["say #quot;a#quot; #35;1"]'
