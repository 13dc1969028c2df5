"""Someone else applies the same stack: who it is and what to do is said, and nothing is changed."""

from collections.abc import Callable, Iterator
from contextlib import nullcontext

import pytest
from click.testing import CliRunner

from delivery import deploy
from delivery.pipeline import CODE, refusals
from delivery.stack_folder import ROOT
from delivery.state_lock import RUNBOOK, StateLock, lock_in
from delivery.terraform import TerraformFailed
from delivery.tunnel import WayIn
from tests.faults.conftest import Make
from tests.faults.stack_in_bucket import StackInBucket, kill

SLOW = "slow"
NO_WAY = WayIn(server="https://127.0.0.1:1", variables={})


@pytest.fixture(scope="module")
def held(make: Make) -> Iterator[StackInBucket]:
    """A stack that another run is applying, and will be for as long as these tests take."""
    stack = make("held", {SLOW: 600})
    other = stack.start_apply()
    stack.wait_until_making(SLOW)
    yield stack
    kill(other)


@pytest.fixture(scope="module")
def refusal(held: StackInBucket) -> TerraformFailed:
    """What a second run ends with."""
    with pytest.raises(TerraformFailed) as refused:
        held.stack.apply(ask=False)
    return refused.value


def test_the_second_of_two_is_told_who_holds_the_state_and_since_when(
    held: StackInBucket, refusal: TerraformFailed
):
    lock = held.lock()
    assert lock
    assert lock_in(refusal.output) == StateLock(
        id=lock["ID"],
        path=f"{held.backend['bucket']}/{held.backend['key']}",
        operation="apply",
        who=lock["Who"],
        created=f"{lock['Created'][:10]} {lock['Created'][11:19]} UTC",
    )


def test_the_message_is_ours_with_the_runbook_and_not_terraforms_own(refusal: TerraformFailed):
    said = str(refusal)
    lock = lock_in(refusal.output)
    assert str(lock) in said
    assert RUNBOOK in said
    assert (ROOT / RUNBOOK).is_file()
    assert "Nothing was changed." in said
    assert "RequestID" not in said
    assert len(said.splitlines()) == 3


def test_nothing_is_changed_and_the_first_one_keeps_its_lock(
    held: StackInBucket, refusal: TerraformFailed
):
    lock = held.lock()
    assert lock
    assert lock["ID"] in str(refusal)
    assert held.state() == {}


def destroy(held: StackInBucket) -> None:
    held.stack.destroy()


def plan(held: StackInBucket) -> None:
    held.has_changes()


@pytest.mark.parametrize("verb", [destroy, plan], ids=["destroy", "plan"])
def test_every_verb_of_terraform_is_told_alike(
    verb: Callable[[StackInBucket], None], held: StackInBucket, refusal: TerraformFailed
):
    with pytest.raises(TerraformFailed) as refused:
        verb(held)
    assert lock_in(refused.value.output) == lock_in(refusal.output)


def test_a_workflow_ends_with_the_code_of_what_could_not_run(
    held: StackInBucket, refusal: TerraformFailed, capsys: pytest.CaptureFixture[str]
):
    with pytest.raises(SystemExit) as ended, refusals():
        held.stack.apply(ask=False)
    assert ended.value.code == CODE
    assert str(lock_in(refusal.output)) in capsys.readouterr().err


@pytest.mark.parametrize(
    "output",
    [
        "Error: Error acquiring the state lock\n\nError message: operation error S3: PutObject, "
        "api error AccessDenied: not authorized to perform: s3:PutObject",
        "Error: creating KMS Key: Lock Info: none",
        "",
    ],
)
def test_another_failure_is_not_said_to_be_someones_lock(output: str):
    assert lock_in(output) is None
    failure = TerraformFailed(
        command="terraform plan", folder=ROOT, reason="ended with exit code 1", output=output
    )
    assert str(failure).endswith(f"ended with exit code 1.\n{output}".rstrip())


@pytest.mark.parametrize(("cdktf", "code"), [("false", 1), ("true", 0)])
def test_deploying_names_the_runbook_where_it_ends_badly(
    cdktf: str, code: int, monkeypatch: pytest.MonkeyPatch
):
    """CDKTF's own screen shows Terraform's words, with the lock's id; what to do comes below."""
    monkeypatch.setattr(deploy, "synthesize", lambda: None)
    monkeypatch.setattr(deploy, "check_reachable", lambda environment: None)
    monkeypatch.setattr(deploy, "stacks_of", lambda name, manifest: ["dev-network"])
    monkeypatch.setattr(deploy, "way_in", lambda environment: nullcontext(NO_WAY))
    ended = CliRunner().invoke(deploy.main, ["dev", cdktf])
    assert ended.exit_code == code
    assert (RUNBOOK in ended.stderr) == bool(code)
