"""The globs of Argo CD, by the documentation of the libraries it uses."""

import pytest

from review import globs


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("a/*.yaml", "a/b.yaml", True),
        ("a/*.yaml", "a/b/c.yaml", False),
        ("a/**/c.yaml", "a/c.yaml", True),
        ("a/**/c.yaml", "a/b/b/c.yaml", True),
        ("a/**/c.yaml", "ac.yaml", False),
        ("a/**", "a/b/c", True),
        ("**/c.yaml", "c.yaml", True),
        ("a**/c.yaml", "ab/b/c.yaml", False),  # two stars count only as a whole segment
        ("a/?.yaml", "a/b.yaml", True),
        ("a/?.yaml", "a//.yaml", False),
        ("a/[a-c].yaml", "a/b.yaml", True),
        ("a/[!a-c].yaml", "a/b.yaml", False),
        ("a/{b,c}.yaml", "a/c.yaml", True),
        ("a/{b,c}.yaml", "a/d.yaml", False),
        (r"a/\*.yaml", "a/*.yaml", True),
        (r"a/\*.yaml", "a/b.yaml", False),
        ("a.yaml", "aXyaml", False),
    ],
)
def test_doublestar(pattern: str, path: str, matches: bool) -> None:
    """https://pkg.go.dev/github.com/bmatcuk/doublestar/v4#readme-patterns"""
    assert bool(globs.doublestar(pattern).fullmatch(path)) is matches


@pytest.mark.parametrize("pattern", ["{a,b", "[z-a]"])
def test_a_broken_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(globs.BadGlob, match="is no pattern"):
        globs.doublestar(pattern)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [("*", "a", True), ("*", "a/b", False), ("**", "a/b", False), ("a/*", "a/b", True)],
)
def test_path_match(pattern: str, path: str, matches: bool) -> None:
    """https://pkg.go.dev/path#Match"""
    assert bool(globs.path_match(pattern).fullmatch(path)) is matches


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("*.yaml", "a/b.yaml", True),
        ("{*.yml,*.yaml}", "a.yml", True),
        ("{config.yaml,env/*}", "env/a/b.yaml", True),
        ("{config.yaml,env/*}", "other.yaml", False),
        ("[ab]?", "bx", True),
    ],
)
def test_directory_files(pattern: str, path: str, matches: bool) -> None:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/directory/"""
    assert bool(globs.directory_files(pattern).fullmatch(path)) is matches
