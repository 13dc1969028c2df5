"""The faults that are put into rules by hand: each fits the code, and the page tells of all."""

import ast
from pathlib import Path

import pytest

from tests.synthesis import ROOT
from tools.mutation_catalogue import CATALOGUE, Mutation
from tools.mutations import PAGE, NotApplicable, mutated, outcomes, page

every_mutation = pytest.mark.parametrize("mutation", CATALOGUE, ids=lambda each: each.rule)


@every_mutation
def test_its_text_stands_in_the_code_once_and_changes_it(mutation: Mutation) -> None:
    before = (ROOT / mutation.file).read_text()
    after = mutated(before, mutation)
    assert before != after
    assert len(before) - len(after) == len(mutation.text) - len(mutation.mutated)


@pytest.mark.parametrize(
    "mutation",
    [each for each in CATALOGUE if each.file.endswith(".py")],
    ids=lambda each: each.rule,
)
def test_python_stays_python(mutation: Mutation) -> None:
    # A file that cannot be imported fails every test, and shows nothing about the rule.
    assert ast.parse(mutated((ROOT / mutation.file).read_text(), mutation)).body


@every_mutation
def test_the_test_that_stands_for_it_exists(mutation: Mutation) -> None:
    file, _, name = mutation.caught_by.partition("::")
    tree = ast.parse((ROOT / file).read_text())
    assert name in [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]


def test_rules_all_over_the_product_are_among_them() -> None:
    assert len({mutation.rule for mutation in CATALOGUE}) == len(CATALOGUE) >= 10
    rooms = {mutation.file.partition("/")[0] for mutation in CATALOGUE}
    assert rooms == {"argocd", "delivery", "gitops-template", "review", "stacks"}


def test_the_page_is_of_this_catalogue() -> None:
    mend = "run `make mutate`: it writes the page anew when every fault is caught"
    assert PAGE.read_text() == page(CATALOGUE), mend


@pytest.mark.parametrize("text", ["", "if a: if a:"])
def test_a_text_that_is_gone_or_not_alone_is_refused(text: str) -> None:
    mutation = Mutation(rule="", file="a.py", text="if a:", mutated="", caught_by="")
    with pytest.raises(NotApplicable, match=r"a\.py: 'if a:' stands there . times, not once"):
        mutated(text, mutation)


def test_how_tests_ended_is_read_from_their_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    assert outcomes(report) == {}
    report.write_text(
        "<testsuites><testsuite><testcase/><testcase><failure/></testcase>"
        "<testcase><error/></testcase><testcase><skipped/></testcase></testsuite></testsuites>"
    )
    assert outcomes(report) == {"passed": 1, "failed": 1, "broken": 1, "skipped": 1}
