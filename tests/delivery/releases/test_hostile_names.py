"""Names that people and pipelines give: whatever they hold, nothing is written and no path made."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from delivery.releases.tag import tag_fault
from tests.delivery.releases.checkout import Checkout, Remote
from tests.delivery.releases.small import digest, repository
from tests.delivery.releases.verbs import run

HOSTILE = st.one_of(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        [
            *("../orders", "orders/dev", "/etc/passwd", "orders\n", "--upload-pack=id", "-x", ""),
            *(
                "orders;id",
                "$(id)",
                "`id`",
                "orders dev",
                "Orders",
                "orders\0",
                "ord\u0435rs",
                "o" * 32,
            ),
            *("..", ".", "*", ":(glob)**", "HEAD", "@{-1}", "orders..main", "%2e%2e"),
        ]
    ).filter(lambda name: "\0" not in name),
)
VERBS = {
    "release": ("--tag", "1.1.0", "--digest", digest("b")),
    "promote": ("--to", "staging"),
    "rollback": ("--env", "dev"),
    "retire": ("--env", "dev"),
}


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Checkout:
    """One for all examples: none of them may change it."""
    place = tmp_path_factory.mktemp("hostile")
    return Remote.of(place / "remote", repository()).clone(place / "checkout")


def tree(folder: Path) -> list[str]:
    return sorted(str(path) for path in folder.parent.rglob("*") if ".git/objects" not in str(path))


@pytest.mark.parametrize("verb", list(VERBS))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=HOSTILE.filter(lambda name: name not in ("orders", "thumbs")))
def test_a_hostile_name_is_refused_before_anything_is_made(
    untouched: Checkout, verb: str, name: str
) -> None:
    before, files = untouched.state(), tree(untouched.folder)
    ended = run(untouched, verb, *VERBS[verb], "--", name)
    assert ended.code == 1, ended.said
    assert (untouched.state(), tree(untouched.folder)) == (before, files)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tag=HOSTILE.filter(lambda tag: tag_fault(tag) is not None), of=HOSTILE)
def test_a_hostile_tag_or_digest_is_refused(untouched: Checkout, tag: str, of: str) -> None:
    before = untouched.state()
    for given_tag, given_digest in ((tag, digest("b")), ("1.1.0", of)):
        arguments = (f"--tag={given_tag}", f"--digest={given_digest}")
        ended = run(untouched, "release", "orders", *arguments)
        assert (ended.code, "Write" in ended.said) == (1, True), ended.said
    assert untouched.state() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stage=HOSTILE.filter(lambda name: name not in ("dev", "staging", "prod")))
def test_a_hostile_stage_is_refused(untouched: Checkout, stage: str) -> None:
    before = untouched.state()
    ended = run(untouched, "rollback", "orders", f"--env={stage}")
    assert (ended.code, "is no environment here" in ended.said) == (1, True), ended.said
    assert untouched.state() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wanted=HOSTILE.filter(lambda name: name != "1.0.0"))
def test_a_hostile_version_to_go_back_to_is_refused(untouched: Checkout, wanted: str) -> None:
    before = untouched.state()
    ended = run(untouched, "rollback", "orders", "--env=dev", f"--to={wanted}")
    assert (ended.code, "never said" in ended.said) == (1, True), ended.said
    assert untouched.state() == before


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reason=st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])))
def test_a_reason_is_a_line_or_refused(untouched: Checkout, reason: str) -> None:
    ended = run(untouched, "retire", "orders", "--env=staging", f"--still-called={reason}")
    one_line = bool(reason.strip()) and reason.isprintable() and len(reason) <= 300
    assert ended.code == 1
    assert ("orders is not in staging" in ended.said) is one_line
