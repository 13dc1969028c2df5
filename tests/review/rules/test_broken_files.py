"""A file that cannot be read is told once, by the check of all files: no rule stumbles over it."""

import subprocess

import pytest

from review.repository import Repository
from review.rules import history, waivers
from review.rules.services import services
from tests.review.conftest import Make

FOLDER = "services/shop/orders"


@pytest.fixture
def broken(checkout: Make) -> Repository:
    return checkout(
        {
            f"{FOLDER}/values.yaml": "class: api\n",
            f"{FOLDER}/dev/image.yaml": "image: [\n",
            f"{FOLDER}/dev/exception.yaml": "promotion: [\n",
            "services/README.md": "Each team has a folder.\n",
        }
    )


def test_a_service_whose_image_is_no_yaml_has_none_there(broken: Repository):
    (service,) = services(broken)
    assert (service.folder, service.images) == (FOLDER, {})


def test_an_exception_that_is_no_yaml_excuses_nothing(broken: Repository):
    assert waivers.waiver(broken, f"{FOLDER}/dev", rule="promotion") is None
    assert list(waivers.check(broken, f"{FOLDER}/dev")) == []


@pytest.mark.parametrize("error", [OSError("no git"), subprocess.TimeoutExpired("git", 1)])
def test_where_git_does_not_answer_there_is_no_history(
    broken: Repository, error: Exception, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(history.subprocess, "run", fails)
    found = history.history(broken.root, [f"{FOLDER}/dev/image.yaml"])
    assert (found.named, found.whole) == ({}, False)
