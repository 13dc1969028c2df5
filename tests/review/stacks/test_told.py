"""What a danger says: the words, and each way in which one rule can be broken."""

import pytest

from tests.review.stacks.tiny import ROLE, Resources, found
from tests.review.stacks.told import TOLD
from tests.review.stacks.told.access import ATTACHED
from tests.review.stacks.told.case import Told

OTHER: Resources = {"aws_iam_group.other": {"name": "other"}}


def test_every_claim_stands_once() -> None:
    assert len({case.claim for case in TOLD}) == len(TOLD)


@pytest.mark.parametrize("case", TOLD, ids=lambda case: case.claim.replace(" ", "_"))
def test_it_is_told_so(case: Told) -> None:
    # Where a whole stack comes or goes, other rules speak.
    there = OTHER if case.before or case.after else {}
    findings = found({**there, **case.before}, {**there, **case.after})
    told = [each.message for each in findings]
    assert [text[: len(start)] for text, start in zip(told, case.said, strict=False)] == list(
        case.said
    )
    assert len(told) == len(case.said), told


def test_a_role_that_has_a_policy_already_is_told_of_another_in_its_place() -> None:
    of = {"role": "${aws_iam_role.app.name}"}
    before, after = (
        {**OTHER, **ROLE, ATTACHED: {**of, "policy_arn": f"arn:{name}"}} for name in ("a", "b")
    )
    [finding] = found(before, after)
    assert finding.rule == "new-attachment"
    assert finding.message.startswith("gives a role another policy: arn:a → arn:b")
