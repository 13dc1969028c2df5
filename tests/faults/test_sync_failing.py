"""A sync fails: it is tried a few times more, for minutes and not for ever; someone is told."""

from pathlib import Path
from typing import Any

import pytest

from delivery.scaffold import TEMPLATE, bake
from review.render import render
from tests.monitoring.rules import ALERTS, checks

ENVIRONMENTS = ("dev", "staging", "prod")
UNITS = {"s": 1, "m": 60, "h": 3600}
LONGEST_SECONDS = 1800


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bake(TEMPLATE, {"example_services": "yes"}, into=tmp_path_factory.mktemp("baked"))


def seconds(duration: str) -> int:
    return int(duration[:-1]) * UNITS[duration[-1]]


def waits(retry: dict[str, Any]) -> list[int]:
    """Seconds before each new try."""
    backoff = retry["backoff"]
    first, most = seconds(backoff["duration"]), seconds(backoff["maxDuration"])
    return [min(first * backoff["factor"] ** number, most) for number in range(retry["limit"])]


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_every_application_gives_up_within_half_an_hour(environment: str, repository: Path):
    # The root is Terraform's, and tests/argocd/test_root.py looks at it.
    _, *applications = render(repository, environment).applications
    assert len(applications) >= 8  # the platform, monitoring and the add-ons at least
    for each in applications:
        retry = each.manifest["spec"]["syncPolicy"]["retry"]
        assert retry["limit"] > 0, each.name  # less than 0 is for ever
        assert 0 < sum(waits(retry)) <= LONGEST_SECONDS, each.name
        assert retry["refresh"] is True, each.name  # so that the mend in git is tried


def test_someone_is_told_of_it():
    assert "sync" in ALERTS["ApplicationSyncFailed"]["annotations"]["summary"]
    assert any("fires" in claim for claim in checks("ApplicationSyncFailed"))
