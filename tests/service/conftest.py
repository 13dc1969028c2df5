"""Each service that the chart can make, in turn."""

import pytest

from tests.service.matrix import FITTING, Case


@pytest.fixture(params=FITTING, ids=str)
def case(request: pytest.FixtureRequest) -> Case:
    return request.param
