"""Where an image comes from is told by how its name begins, and by nothing further on."""

from pathlib import Path

import pytest

from tests.platform.admission import refusals
from tests.platform.asked import DIGEST, IN_REGISTRY, REGISTRY, pod
from tests.platform.rendering import platform

DISGUISED = (
    f"evil.example/{IN_REGISTRY}@{DIGEST}",
    f"{REGISTRY}.evil.example/tribe/shop@{DIGEST}",
    f"x{IN_REGISTRY}@{DIGEST}",
    f"evil.example/shop@{DIGEST}/{REGISTRY}/",
)


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize("image", DISGUISED)
def test_the_registrys_name_elsewhere_in_an_image_helps_nobody(
    image: str, environment: str, repository: Path
):
    (message,) = refusals(platform(repository, environment), pod(image))
    assert message.startswith(f"images must come from {REGISTRY};")
