"""YAML as Go reads it: this reader and Helm's own give the same answers."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from review import go_yaml
from review.go_yaml import YamlError

helm_python = pytest.importorskip(
    "helm_python", reason="helm-python-sdk has no wheel for this machine: nothing to compare with"
)

SCALARS = [
    "1e3", "1E5", "1e400", "2020-01-01", "2001-12-14t21:59:43.10-05:00", "10:30", "190:20:30",
    "0x10", "-0x10", "0x", "017", "0o17", "08", "09", "0b11", "0", "00", "-0", "-0.0", "+5", "-5",
    "12345678901", "18446744073709551615", "18446744073709551616", "-9223372036854775809",
    "123456789012345678901234", "1e20", "1e21", "123456789.123456789", "1.0", "1.", ".5", "5.",
    "1.5e-3", "1_000", "1__0", "_1", "1_", "yes", "y", "N", "off", "on", "TRUE", "tRue", "nULL",
    "Null", "~", "", "null", "NaN", ".inf", ".nan", "=", "<<", "@x", "*x", "&x 5", '"yes"', "'1'",
    '"a\\nb"', "|\n  abc\n  d\n", ">-\n  a\n  b\n", "!!str 5", "[1, yes, 'no']",
    "{1: a, true: b, 'no': c, on: d}", "{~: x}", "{<<: {a: 1}, b: 2}",
]  # fmt: skip


def helm(text: str) -> object:
    try:
        return helm_python.values_from_yaml(text)
    except helm_python.HelmError:
        return helm_python.HelmError


def ours(text: str) -> object:
    try:
        return go_yaml.read(text)
    except YamlError:
        return helm_python.HelmError


def same(one: object, other: object) -> bool:
    """Equal, and of equal kinds: 1 is not true. The order of keys is Go's own."""
    if helm_python.HelmError in (one, other):
        return one is other
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@pytest.mark.parametrize("scalar", SCALARS)
def test_a_scalar_is_what_helm_takes_it_for(scalar: str) -> None:
    text = f"key: {scalar}\n"
    assert same(ours(text), helm(text))


@given(some.text("0123456789.eExXob_+-:~yNnulTtrRueFfas", max_size=12))
def test_any_plain_word_is_what_helm_takes_it_for(word: str) -> None:
    text = f"key: {word}\n"
    assert same(ours(text), helm(text))


@pytest.mark.parametrize(
    "key", ["N", "on", "1", "1.0", "true", "a b", "'N'", "10:30", "2020-01-01", "0x10"]
)
def test_a_key_is_what_helm_takes_it_for(key: str) -> None:
    text = f"{key}: 1\n"
    assert ours(text) == helm(text)


LEAVES = (
    some.none()
    | some.booleans()
    | some.integers(-(2**53), 2**53)
    | some.text(some.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=9)
)
KEYS = some.text("aN1on.", min_size=1, max_size=3)


@given(
    some.recursive(
        LEAVES,
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(KEYS, inner, max_size=3),
        max_leaves=9,
    )
)
def test_what_is_written_is_read_as_the_same(content: object) -> None:
    text = go_yaml.write({"key": content})
    assert go_yaml.read(text) == {"key": content}
    assert helm_python.values_from_yaml(text) == {"key": content}


@pytest.mark.parametrize("text", ["a\nb\n", "yes", "1e3", "0o17", "", "~", " a", "a: b", "12:30"])
def test_texts_that_look_like_something_else_are_quoted(text: str) -> None:
    assert helm_python.values_from_yaml(go_yaml.write({"key": text})) == {"key": text}
