"""`tribe service`, and the service's line in stacks/services.py."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import delivery.service
from delivery.service_line import AnotherLine, line_of, with_line
from delivery.stack_folder import ROOT

SOURCE = ROOT / "stacks" / "services.py"
EMPTY = "SERVICES = ()\n\n\nclass Services:\n    pass\n"
LINE = 'Service(name="orders", namespace="api-services"),'


@pytest.fixture
def stacks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the platform's stacks/services.py, which the command writes to instead."""
    copy = Path(shutil.copy(SOURCE, tmp_path / "services.py"))
    monkeypatch.setattr(delivery.service, "STACKS", copy)
    return copy


def run(gitops: Path, *arguments: str) -> Result:
    return CliRunner().invoke(delivery.service.main, [*arguments, "--into", str(gitops)])


def test_it_makes_the_service_and_writes_its_line(gitops: Path, stacks: Path):
    arguments = ("orders", "--class", "api", "--team", "payments", "--strategy", "blueGreen")
    result = run(gitops, *arguments)
    assert result.exit_code == 0, result.output
    assert (gitops / "services" / "api-services" / "orders" / "values.yaml").is_file()
    assert f"    {LINE}\n)\n" in stacks.read_text()


def test_the_line_stays_formatted(gitops: Path, stacks: Path):
    name = "a-worker-with-31-letters-in-all"
    result = run(gitops, name, "--class", "worker", "--team", "media")
    assert result.exit_code == 0, result.output
    assert f'name="{name}", namespace="api-services", queue=True' in stacks.read_text()
    ruff = [sys.executable, "-m", "ruff", "format", "--check", "--line-length", "100", str(stacks)]
    assert subprocess.run(ruff, capture_output=True, check=False).returncode == 0


def test_a_refusal_names_the_answer_and_leaves_the_stacks_alone(gitops: Path, stacks: Path):
    before = stacks.read_text()
    result = run(gitops, "orders", "--class", "worker", "--team", "x", "--strategy", "canary")
    assert result.exit_code == 1
    assert "strategy: canary switches requests" in result.output
    assert stacks.read_text() == before


def test_the_template_prints_the_line_that_the_command_writes(
    gitops: Path, capfd: pytest.CaptureFixture[str]
):
    folder = delivery.service.add_service(
        gitops, {"name": "thumbs", "team": "media", "service_class": "worker"}
    )
    values = {"queue": {"kind": "sqs"}}
    line = line_of(folder.name, namespace=folder.parent.name, values=values)
    assert line in capfd.readouterr().out


def test_a_line_is_written_once():
    once = with_line(SOURCE.read_text(), LINE)
    assert once.count(LINE) == 1
    assert with_line(once, LINE) == once


def test_the_first_line_opens_the_tuple():
    assert with_line(EMPTY, LINE).startswith(f"SERVICES = (\n    {LINE}\n)\n\n\nclass")


def test_a_line_that_says_something_else_is_not_overwritten():
    once = with_line(SOURCE.read_text(), LINE)
    with pytest.raises(AnotherLine, match="Mend one of the two"):
        with_line(once, LINE.replace("),", ", queue=True),"))


def test_what_only_the_line_says_stays_as_it_is():
    once = with_line(SOURCE.read_text(), LINE.replace("),", ', built_by="tribe-example/it"),'))
    assert with_line(once, LINE) == once


def test_without_a_queue_of_its_own_a_worker_needs_none():
    values = {"queue": {"kind": "prometheus", "query": "sum(x)"}}
    assert "queue" not in line_of("thumbs", namespace="api-services", values=values)
