"""How far the platform's policies reach, and that each says why."""

from gates import reach
from gates.documents import Document
from gates.reasons import Reasons
from gates.roles import Role


def test_every_finding_of_cloudsplaining_is_explained(
    every_role: list[Role], reasons: Reasons
) -> None:
    assert reach.unexplained_findings(every_role, reasons=reasons) == []
    # Where it finds nothing even without reasons, it did not look.
    assert reach.unexplained_findings(every_role, reasons={})


def test_no_role_can_become_more_than_it_is(every_role: list[Role]) -> None:
    assert reach.escalations(every_role) == []


def test_every_wildcard_carries_its_reason(policies: list[Document], reasons: Reasons) -> None:
    assert reach.unexplained_wildcards(policies, reasons=reasons) == []
