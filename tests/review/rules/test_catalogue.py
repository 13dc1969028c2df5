"""Every planted danger is found by the rule that is for it, and harmless edits are quiet."""

from pathlib import Path

import pytest

from review import rules
from review.repository import Repository
from review.rules import images, names, placeless, promotion, quotas, waivers
from tests.review.rules import dangers_clusters, dangers_delivery
from tests.review.rules.complete import edited, found
from tests.review.rules.harmless import HARMLESS

DANGERS = {**dangers_clusters.DANGERS, **dangers_delivery.DANGERS}


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
def test_there_is_nothing_to_say_about_the_repository_before_it_is_edited(
    environment: str, whole: Path
):
    assert found(Repository(root=whole), environment) == []


@pytest.mark.parametrize(
    ("environment", "severity"), [("dev", "warning"), ("staging", "warning"), ("prod", "error")]
)
def test_a_fresh_repository_lacks_only_the_facts_that_aws_alone_can_say(
    environment: str, severity: str, scaffolded: Path
):
    (problem,) = found(Repository(root=scaffolded), environment)
    assert (problem.rule, problem.severity) == ("facts", severity)
    assert problem.file == f"environments/{environment}/facts.yaml"


def test_every_rule_has_a_danger_planted_for_it():
    words = {rule.RULE for rule in [*rules.RULES, names, placeless, promotion]}
    words |= {images.MOVED, quotas.BOUNDS, waivers.RULE}
    assert {danger.rule for danger in DANGERS.values()} == words


@pytest.mark.parametrize("claim", DANGERS)
def test_found(claim: str, whole: Path, tmp_path: Path):
    danger = DANGERS[claim]
    problems = found(edited(whole, danger.edits, into=tmp_path), danger.environment)
    assert [
        each
        for each in problems
        if (each.rule, each.severity) == (danger.rule, danger.severity)
        and danger.says in each.message
        and each.environment in ("", danger.environment)
        and each.file
    ], problems


@pytest.mark.parametrize("claim", HARMLESS)
def test_quiet(claim: str, whole: Path, tmp_path: Path):
    edit = HARMLESS[claim]
    assert found(edited(whole, edit.edits, into=tmp_path), edit.environment) == []
