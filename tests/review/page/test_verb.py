"""`tribe review --html`."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from review.verbs import review as verb
from tests.review.page.parsed import parsed
from tests.review.stacks.tiny import small
from tribe.__main__ import tribe


def test_the_review_is_written_as_a_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(verb, "_reviewed", lambda *_, **__: small())
    file = tmp_path / "page.html"
    result = CliRunner().invoke(tribe, ["review", "--html", str(file)], catch_exceptions=False)
    assert result.exit_code == 1
    found = parsed(file.read_text(encoding="utf-8"))
    names = [each.text for each in found.within("bdi.name")]
    assert names == ["aws_eip.a", "aws_subnet.a", "aws_vpc.vpc"]
    assert [each.text for each in found.within("header")[0].within("bdi.code")] == [
        "main (123456789)",
        "the working tree",
    ]
