"""`tribe retire`: stage by stage, the last one first, and what no commit does is told."""

import os

import pytest

from tests.delivery.releases.checkout import Checkout
from tests.delivery.releases.github import GitHub
from tests.delivery.releases.small import image
from tests.delivery.releases.verbs import Ended, run

THUMBS = "services/api-services/thumbs"


def retire(checkout: Checkout, stage: str, *more: str, service: str = "thumbs") -> Ended:
    return run(checkout, "retire", service, "--env", stage, *more)


def branch(stage: str, service: str = "thumbs") -> str:
    return f"retire/{service}-from-{stage}"


def gone(checkout: Checkout, stage: str) -> list[str]:
    """Retire thumbs from the stage, and merge. Returns what the commit changed."""
    ended = retire(checkout, stage)
    assert ended.code == 0, ended.said
    changed = checkout.changed(branch(stage))
    checkout.merge(branch(stage), at_remote=False)
    return changed


def test_it_leaves_the_stages_backwards_and_then_goes_whole(checkout: Checkout) -> None:
    assert gone(checkout, "prod") == [
        f"D {THUMBS}/prod/image.yaml",
        f"D {THUMBS}/prod/values.yaml",
    ]
    assert len(gone(checkout, "staging")) == 2
    assert gone(checkout, "dev") == [
        "M .github/CODEOWNERS",
        f"D {THUMBS}/dev/image.yaml",
        f"D {THUMBS}/dev/values.yaml",
        f"D {THUMBS}/values.yaml",
    ]
    owners = checkout.text(".github/CODEOWNERS")
    assert "thumbs" not in owners
    assert "/services/api-services/orders/  @tribe-example/payments" in owners
    assert "There is no service thumbs" in retire(checkout, "dev").said


@pytest.mark.parametrize(("stage", "first"), [("dev", "prod"), ("staging", "prod")])
def test_a_stage_that_a_later_one_needs_is_refused(
    checkout: Checkout, stage: str, first: str
) -> None:
    before = checkout.state()
    ended = retire(checkout, stage)
    assert (ended.code, f"tribe retire thumbs --env {first}" in ended.said) == (1, True)
    assert checkout.state() == before


def test_a_stage_that_it_is_not_in_is_refused(checkout: Checkout) -> None:
    ended = retire(checkout, "prod", service="orders")
    assert (ended.code, "It is in dev" in ended.said) == (1, True)


def test_what_argo_cd_keeps_in_prod_is_told_to_the_letter(
    checkout: Checkout, github: GitHub
) -> None:
    ended = retire(checkout, "prod", "--pull-request")
    assert ended.code == 0, ended.said
    command = "argocd app delete thumbs --core --cascade --propagation-policy foreground"
    [asked] = github.pull_requests
    for said in (ended.said, asked["body"]):
        assert command in [line.strip() for line in said.splitlines()]
        assert "project `services`" in said


def test_where_argo_cd_prunes_nothing_is_left_to_do(checkout: Checkout) -> None:
    gone(checkout, "prod")
    assert "argocd app delete" not in retire(checkout, "staging").said


def test_the_last_stage_tells_of_the_line_in_aws_and_of_those_who_let_it_in(
    checkout: Checkout,
) -> None:
    gone(checkout, "prod")
    gone(checkout, "staging")
    said = retire(checkout, "dev").said
    assert "stacks/services.py" in said
    assert "services/api-services/orders/values.yaml (callers)" in said


CALLERS = [
    pytest.param({"api-services/shop/values.yaml": "calls: [thumbs]\n"}, True, id="by name"),
    pytest.param(
        {"frontend-services/shop/values.yaml": "calls: [api-services/thumbs]\n"}, True, id="whole"
    ),
    pytest.param(
        {"api-services/shop/prod/values.yaml": "calls: [thumbs]\n"}, True, id="in this stage"
    ),
    pytest.param(
        {"api-services/shop/values.yaml": "env: {URL: http://thumbs:8080}\n"}, True, id="by host"
    ),
    pytest.param(
        {"ai-services/shop/values.yaml": "env: {H: thumbs.api-services.svc}\n"}, True, id="by DNS"
    ),
    pytest.param(
        {"frontend-services/shop/values.yaml": "calls: [thumbs]\n"}, False, id="another's thumbs"
    ),
    pytest.param({"api-services/shop/values.yaml": "callers: [thumbs]\n"}, False, id="let in"),
    pytest.param(
        {"api-services/shop/values.yaml": "# calls: http://thumbs\n"}, False, id="a comment"
    ),
    pytest.param(
        {"api-services/shop/values.yaml": "env: {URL: http://thumbs-up}\n"}, False, id="another"
    ),
    pytest.param(
        {"api-services/shop/dev/values.yaml": "calls: [thumbs]\n"}, False, id="in another stage"
    ),
    pytest.param({"api-services/shop/values.yaml": "- no values\n"}, False, id="no values"),
]


@pytest.mark.parametrize(("files", "calls"), CALLERS)
def test_what_is_still_called_is_refused_unless_someone_says_why(
    checkout: Checkout, files: dict[str, str], calls: bool
) -> None:
    namespace = next(iter(files)).partition("/")[0]
    in_prod = {f"services/{namespace}/shop/prod/image.yaml": image("1.0.0", "a", service="shop")}
    checkout.write({f"services/{path}": text for path, text in files.items()} | in_prod)
    checkout.save()
    before = checkout.state()
    ended = retire(checkout, "prod")
    if calls:
        assert (ended.code, f"services/{namespace}/shop" in ended.said) == (1, True), ended.said
        assert checkout.state() == before
        ended = retire(checkout, "prod", "--still-called", "shop goes next")
        assert "shop goes next" in checkout.git("log", "-1", "--format=%B", branch("prod"))
    assert ended.code == 0, ended.said


def test_a_caller_that_is_not_in_the_stage_does_not_count(checkout: Checkout) -> None:
    checkout.write(
        {
            "services/api-services/shop/values.yaml": "calls: [thumbs]\n",
            "services/api-services/shop/dev/image.yaml": image("1.0.0", "a", service="shop"),
        }
    )
    checkout.save()
    assert retire(checkout, "prod").code == 0


def test_whatever_its_files_are_called_they_go(checkout: Checkout) -> None:
    odd = b"odd \xff\n.txt"
    (checkout.folder / THUMBS / "prod" / os.fsdecode(odd)).write_text("odd")
    (checkout.folder / "services/api-services/orders" / os.fsdecode(odd)).mkdir()
    other = f"services/api-services/orders/{os.fsdecode(odd)}/values.yaml"
    (checkout.folder / other).write_text("calls: [thumbs]\n")
    checkout.save()
    ended = retire(checkout, "prod")
    assert ended.code == 0, ended.said
    listed = checkout.git("ls-tree", "-r", "--name-only", branch("prod"), f"{THUMBS}/prod/")
    assert listed == ""


def test_edits_of_the_service_are_refused(checkout: Checkout) -> None:
    checkout.write({f"{THUMBS}/values.yaml": "half a thought"})
    ended = retire(checkout, "prod")
    assert (ended.code, f"{THUMBS}/values.yaml" in ended.said) == (1, True)
