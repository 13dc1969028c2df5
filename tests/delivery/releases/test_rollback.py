"""`tribe rollback`: what ran before, from git's history, by the same road backwards."""

import pytest
import yaml

from tests.delivery.releases.checkout import Checkout, Remote
from tests.delivery.releases.github import GitHub
from tests.delivery.releases.small import digest, image
from tests.delivery.releases.verbs import Ended, run

FILE = "services/api-services/orders/dev/image.yaml"


def back(checkout: Checkout, *more: str, stage: str = "dev", service: str = "orders") -> Ended:
    return run(checkout, "rollback", service, "--env", stage, *more)


def branch(letter: str) -> str:
    return f"rollback/orders-in-dev-{letter * 12}"


@pytest.fixture
def past(checkout: Checkout) -> dict[str, str]:
    """Tag → commit. orders in dev: 1.0.0, 1.1.0, 1.2.0, in a merge of its own each."""
    commits = {}
    for tag, letter in (("1.1.0", "b"), ("1.2.0", "c")):
        checkout.git("checkout", "--quiet", "-b", f"release-{tag}")
        checkout.write({FILE: image(tag, letter) + "# mine\n"})
        checkout.save(f"Release {tag}")
        checkout.git("checkout", "--quiet", "main")
        commits[tag] = checkout.merge(f"release-{tag}", at_remote=False)
    return commits


def tag_of(checkout: Checkout, revision: str) -> str:
    return yaml.safe_load(checkout.text(FILE, at=revision))["image"]["tag"]


def test_it_goes_back_to_the_image_before(checkout: Checkout, past: dict[str, str]) -> None:
    ended = back(checkout)
    assert ended.code == 0, ended.said
    assert checkout.changed(branch("b")) == [f"M {FILE}"]
    assert checkout.text(FILE, at=branch("b")) == image("1.1.0", "b") + "# mine"
    assert tag_of(checkout, "HEAD") == "1.2.0"


def test_it_leaves_out_changes_of_the_file_that_changed_no_image(
    checkout: Checkout, past: dict[str, str]
) -> None:
    checkout.write({FILE: image("1.2.0", "c") + "# another comment\n"})
    checkout.save()
    assert back(checkout).code == 0
    assert tag_of(checkout, branch("b")) == "1.1.0"


def test_it_goes_back_to_a_tag(checkout: Checkout, past: dict[str, str]) -> None:
    assert back(checkout, "--to", "1.0.0").code == 0
    assert tag_of(checkout, branch("a")) == "1.0.0"


@pytest.mark.parametrize("letters", [7, 12, 40])
def test_it_goes_back_to_a_commit_of_its_history(
    checkout: Checkout, past: dict[str, str], letters: int
) -> None:
    assert back(checkout, "--to", past["1.1.0"][:letters]).code == 0
    assert tag_of(checkout, branch("b")) == "1.1.0"


def test_a_tag_that_never_ran_there_is_refused_with_those_that_did(
    checkout: Checkout, past: dict[str, str]
) -> None:
    before = checkout.state()
    ended = back(checkout, "--to", "9.9.9")
    assert ended.code == 1
    listed = [line.split() for line in ended.said.splitlines() if line.startswith("    ")]
    assert [(commit, tag) for _, commit, tag, _ in listed] == [
        (past["1.2.0"][:12], "1.2.0"),
        (past["1.1.0"][:12], "1.1.0"),
        (checkout.sha("HEAD~2")[:12], "1.0.0"),
    ]
    assert all(len(date.split("-")) == 3 for date, *_ in listed)
    assert checkout.state() == before


def test_only_the_last_ten_are_listed(checkout: Checkout) -> None:
    for number in range(12):
        checkout.write({FILE: image(f"2.{number}.0", "abcdef"[number % 6])})
        checkout.save()
    said = back(checkout, "--to", "9.9.9").said
    assert [line.split()[2] for line in said.splitlines() if line.startswith("    ")] == [
        f"2.{number}.0" for number in range(11, 1, -1)
    ]


@pytest.mark.parametrize(
    ("service", "more", "said"),
    [
        pytest.param("orders", ["--to", "1.2.0"], "says 1.2.0", id="what runs now"),
        pytest.param("thumbs", [], "nothing to go back to", id="nothing before"),
    ],
)
def test_it_refuses_and_writes_nothing(
    checkout: Checkout, past: dict[str, str], service: str, more: list[str], said: str
) -> None:
    before = checkout.state()
    ended = back(checkout, *more, service=service)
    assert (ended.code, said in ended.said) == (1, True), ended.said
    assert checkout.state() == before


def test_a_stage_that_the_service_is_not_in_is_refused(
    checkout: Checkout, past: dict[str, str]
) -> None:
    ended = back(checkout, stage="prod")
    assert (ended.code, "orders/prod/image.yaml is not there" in ended.said) == (1, True)


def test_an_image_without_its_digest_is_no_way_back(checkout: Checkout) -> None:
    for tag, letter in (("1.1.0", ""), ("1.2.0", "c")):
        checkout.write({FILE: image(tag, letter)})
        checkout.save()
    ended = back(checkout)
    assert (ended.code, "has no digest" in ended.said) == (1, True)
    assert back(checkout, "--to", "1.0.0").code == 0


def test_a_dirty_file_is_refused(checkout: Checkout, past: dict[str, str]) -> None:
    checkout.write({FILE: "half a thought"})
    ended = back(checkout)
    assert (ended.code, FILE in ended.said) == (1, True)


def test_the_pull_request_says_what_goes_back_and_how_it_goes_on(
    checkout: Checkout, past: dict[str, str], github: GitHub, remote: Remote
) -> None:
    before = checkout.state()
    ended = back(checkout, "--pull-request")
    assert ended.code == 0, ended.said
    [asked] = github.pull_requests
    assert asked["--title"] == "Roll orders in dev back to 1.1.0"
    assert f"| digest | `{digest('c')}` | `{digest('b')}` |" in asked["body"]
    assert "The next image comes by the usual road: `tribe release orders`" in asked["body"]
    assert branch("b") in remote.branches()
    assert checkout.state() == before


def test_no_health_is_asked_of_what_ran_before(
    checkout: Checkout, past: dict[str, str], github: GitHub
) -> None:
    github.told("dev/orders", past["1.1.0"], "failure")
    assert back(checkout).code == 0


def test_a_later_stage_that_would_be_ahead_is_named(
    checkout: Checkout, past: dict[str, str], github: GitHub
) -> None:
    checkout.write({FILE.replace("dev", "staging"): image("1.2.0", "c")})
    checkout.save()
    checkout.push()
    assert back(checkout, "--pull-request").code == 0
    assert "staging still has 1.2.0" in github.pull_requests[0]["body"]
