"""Tags: which name a build, and which of two versions is the newer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delivery.releases.tag import newer, tag_fault

# As https://semver.org/#spec-item-11 orders them.
RISING = (
    "0.9.9",
    "1.0.0-0",
    "1.0.0-2",
    "1.0.0-10",
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "1.0.1",
    "v1.2.0",
    "1.10.0",
    "10.0.0",
)


def test_versions_are_ordered_as_their_standard_says() -> None:
    for at, older in enumerate(RISING):
        for later in RISING[at + 1 :]:
            assert newer(later, older) is True, (later, older)
            assert newer(older, later) is False, (older, later)


@pytest.mark.parametrize(
    ("one", "other"), [("1.0.0", "v1.0.0"), ("c0ffee1", "deadbee"), ("1.0.0", "deadbee")]
)
def test_what_has_no_order_is_not_given_one(one: str, other: str) -> None:
    assert newer(one, other) is None
    assert newer(other, one) is None


@pytest.mark.parametrize("tag", [*RISING, "abcdef1", "1234567", "a" * 40])
def test_versions_and_commits_are_taken(tag: str) -> None:
    assert tag_fault(tag) is None


@pytest.mark.parametrize(
    "tag",
    [
        *("", "latest", "1", "1.0", "1.0.0.0", "01.0.0", "1.0.0-", "1.0.0-01", "1.0.0+build"),
        *("V1.0.0", "main", "abcdef", "ABCDEF1", "a" * 41, "1.0.0\n", "1.0.0 ", "\u0661.0.0"),
        *("1.0.0-" + "a" * 130, "../1.0.0", "--push", "1.0.0;id", "$(id)"),
    ],
)
def test_everything_else_is_refused_with_its_mend(tag: str) -> None:
    assert "Write" in str(tag_fault(tag))


@given(st.text())
def test_a_tag_that_is_taken_is_one_of_an_image(tag: str) -> None:
    # https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pulling-manifests
    if tag_fault(tag) is None:
        assert tag.isascii()
        assert set(tag) <= set("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-")
        assert tag[0] not in ".-"
        assert len(tag) <= 128
