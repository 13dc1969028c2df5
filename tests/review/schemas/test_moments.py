"""Points in time are written with their zone, as the API server wants them."""

import pytest

from tests.review.schemas.test_native import CONFIG, changed, problems

FIELD = "metadata.creationTimestamp"


@pytest.mark.parametrize("moment", ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00+01:00"])
def test_a_moment_with_its_zone_is_accepted(moment: str) -> None:
    assert problems(changed(CONFIG, FIELD, moment)) == []


@pytest.mark.parametrize("moment", ["2026-01-31T12:00:00", "2026-01-31", "yesterday"])
def test_anything_else_is_refused_with_an_example(moment: str) -> None:
    assert problems(changed(CONFIG, FIELD, moment)) == [
        (FIELD, f'the text "{moment}" is no time as 2026-01-31T12:00:00Z')
    ]
