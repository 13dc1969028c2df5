"""An image.yaml that people have edited keeps all that is theirs."""

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from delivery.releases.image import DIGEST, REPOSITORY, TAG, Image
from delivery.releases.image_file import rewritten
from delivery.releases.refusal import Refused
from delivery.stack_folder import ROOT
from tests.delivery.releases.small import digest

OLD = {"repository": "r.example.com/tribe/orders", "tag": "1.0.0", "digest": digest("a")}
NEW = Image(repository=OLD["repository"], tag="1.1.0", digest=digest("b"))

# Each as a person may have left it.
TEXTS = {
    "comments": f"""\
# Who writes this: CI.
image:            # what runs
  # where it lies
  repository: "{OLD["repository"]}"  # ours

  tag: "1.0.0"    # the version
  digest: "{OLD["digest"]}"  # pinned
# the end
""",
    "another order and other quotes": f"""\
image:
    digest: '{OLD["digest"]}'
    tag: '1.0.0'
    repository: {OLD["repository"]}
""",
    "one line": f'image: {{ repository: "{OLD["repository"]}",tag: "1.0.0",  '
    f'digest: "{OLD["digest"]}" }}  # short\n',
    "a start and an end of the document": f"""\
---
image:
  repository: "{OLD["repository"]}"
  tag: "1.0.0"
  digest: "{OLD["digest"]}"
...
""",
    "other keys": f"""\
before: [ 1,   2 ]
image:
  repository: "{OLD["repository"]}"
  tag: "1.0.0"
  digest: "{OLD["digest"]}"
after:   {{tag: "0.0.0"}}
""",
    "lines that end as on Windows": "image:\r\n"
    f'  repository: "{OLD["repository"]}"\r\n  tag: "1.0.0"\r\n  digest: "{OLD["digest"]}"\r\n',
    "no line end at the end": f'image:\n  repository: "{OLD["repository"]}"\n  tag: "1.0.0"\n'
    f'  digest: "{OLD["digest"]}"',
    "letters of other scripts": f"""\
# für später — 日本
image:
  repository: "{OLD["repository"]}"
  tag: "1.0.0"  # ✓
  digest: "{OLD["digest"]}"
""",
}


@pytest.mark.parametrize("text", list(TEXTS.values()), ids=list(TEXTS))
def test_nothing_but_the_two_values_changes(text: str) -> None:
    after = rewritten(text, NEW, file="image.yaml")
    assert yaml.safe_load(after)["image"] == {**OLD, "tag": "1.1.0", "digest": digest("b")}
    # Put back by hand, letter by letter, it is the text that it was.
    back = after.replace(digest("b"), digest("a"), 1).replace("1.1.0", "1.0.0", 1)
    assert back == text


COMMENT = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=20)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """An image.yaml as any person may write it, over several lines."""
    indent = " " * draw(st.integers(1, 8))
    lines = []
    for key in draw(st.permutations(list(OLD))):
        quote = draw(st.sampled_from(['"', "'"]))
        lines += [f"{' ' * draw(st.integers(0, 8))}# {draw(COMMENT)}"] * draw(st.integers(0, 2))
        gap, behind = " " * draw(st.integers(1, 4)), " " * draw(st.integers(1, 4))
        lines += [f"{indent}{key}:{gap}{quote}{OLD[key]}{quote}{behind}# {draw(COMMENT)}"]
        lines += [""] * draw(st.integers(0, 2))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    above, below = (f"# {draw(COMMENT)}{ending}" * draw(st.integers(0, 2)) for _ in range(2))
    return above + ending.join([f"image:{' ' * draw(st.integers(0, 3))}", *lines]) + ending + below


@given(texts())
def test_whatever_people_write_around_the_values_stays(text: str) -> None:
    after = rewritten(text, NEW, file="image.yaml")
    assert after == text.replace(OLD["digest"], NEW.digest).replace('"1.0.0"', '"1.1.0"').replace(
        "'1.0.0'", "'1.1.0'"
    )


@pytest.mark.parametrize("text", list(TEXTS.values()), ids=list(TEXTS))
def test_there_and_back_is_the_text_that_it_was(text: str) -> None:
    quoted = text.replace(f": {OLD['repository']}", f': "{OLD["repository"]}"')
    there = rewritten(quoted, NEW, file="image.yaml")
    assert rewritten(there, Image(**OLD), file="image.yaml") == quoted


def test_the_forms_are_those_of_the_service_chart() -> None:
    charts = ROOT / "gitops-template" / "repository" / "@{staging(cookiecutter)}@" / "charts"
    schema = json.loads((charts / "service" / "values.schema.json").read_text())
    said = schema["properties"]["image"]["properties"]
    assert said["repository"]["pattern"] == f"^{REPOSITORY.pattern}$"
    assert said["tag"]["pattern"] == f"^{TAG.pattern}$"
    assert said["digest"]["pattern"] == f"^({DIGEST.pattern})?$"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        pytest.param(
            f'image:\n  repository: {OLD["repository"]}\n  tag: "1.0.0"  # v\nmore: 1\n',
            f'image:\n  repository: {OLD["repository"]}\n  tag: "1.1.0"  # v\n'
            f'  digest: "{digest("b")}"\nmore: 1\n',
            id="lines",
        ),
        pytest.param(
            f'image: {{repository: {OLD["repository"]}, tag: "1.0.0"}}',
            f'image: {{repository: {OLD["repository"]}, tag: "1.1.0", digest: "{digest("b")}"}}',
            id="one line",
        ),
        pytest.param(
            f'image:\n  repository: {OLD["repository"]}\n  tag: "1.0.0"',
            f'image:\n  repository: {OLD["repository"]}\n  tag: "1.1.0"\n'
            f'  digest: "{digest("b")}"\n',
            id="no line end at the end",
        ),
    ],
)
def test_a_digest_that_was_missing_comes_behind_the_tag(text: str, after: str) -> None:
    assert rewritten(text, NEW, file="image.yaml") == after


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("image: [", id="no YAML"),
        pytest.param("- image", id="a list"),
        pytest.param("image: orders:1.0.0\n", id="a reference"),
        pytest.param('image:\n  tag: "1.0.0"\n', id="no repository"),
        pytest.param("image:\n  repository: r/orders\n  tag: 1.10\n", id="a tag that is a number"),
        pytest.param("image:\n  repository: r/orders\n  digest: sha256:1\n", id="a digest cut"),
        pytest.param("image:\n  repository: R Orders\n", id="a repository with a space"),
        pytest.param(
            'image:\n  repository: r/orders\n  tag: "1.0.0\\n# x"\n', id="a tag of two lines"
        ),
        pytest.param(
            f'a: &a "{OLD["tag"]}"\nimage:\n  repository: r/orders\n  tag: *a\n', id="an alias"
        ),
        pytest.param(
            'a: &a {repository: r/orders, tag: "1.0.0"}\nimage: *a\n', id="an alias of the whole"
        ),
        pytest.param(
            "a: &a {image: {repository: r/orders}}\n<<: *a\n", id="an image from elsewhere"
        ),
    ],
)
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    with pytest.raises(Refused, match=r"image\.yaml"):
        rewritten(text, NEW, file="image.yaml")
