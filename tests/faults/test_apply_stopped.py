"""An apply that ended midway, politely or not: the same command, run again, converges.

What a killed run made within its last twenty seconds is in no state: so often Terraform writes it
to a bucket. The runbook says how it is found.
"""

from concurrent.futures import ThreadPoolExecutor

import pytest

from delivery.stack_folder import ROOT
from delivery.state_lock import RUNBOOK, lock_in
from delivery.terraform import Terraform, TerraformFailed
from tests.faults.conftest import Make
from tests.faults.stack_in_bucket import SECONDS, StackInBucket, kill

# Longer than Terraform waits between two writes of a state that is not local.
OVER_THE_INTERVAL = 21


@pytest.fixture(scope="module")
def killed(make: Make) -> StackInBucket:
    """A stack of three, whose apply was killed while it made the last one."""
    stack = make("killed", {"first": 0, "second": OVER_THE_INTERVAL, "third": 600})
    run = stack.start_apply()
    stack.wait_until_making("third")
    kill(run)
    return stack


@pytest.fixture(scope="module")
def before(killed: StackInBucket) -> dict[str, str]:
    """What its state held when it was killed."""
    return killed.state()


@pytest.fixture(scope="module")
def unlocked(killed: StackInBucket, before: dict[str, str]) -> StackInBucket:
    """The same, after a person did what the runbook says. The third is quickly made now."""
    with pytest.raises(TerraformFailed) as refused:
        killed.stack.apply(ask=False)
    lock = lock_in(refused.value.output)
    assert lock, "the killed run left no lock"
    unlock(killed, lock.id)
    killed.write({"first": 0, "second": 0, "third": 0})
    return killed


def unlock(stack: StackInBucket, lock: str) -> None:
    """As the runbook says; `-force` answers its question."""
    run = stack.stack.terraform.run
    run("force-unlock", "-force", lock, folder=stack.stack.path, seconds=SECONDS)


def test_what_was_made_before_is_in_the_state(before: dict[str, str]):
    assert before.keys() == {"first", "second"}


def test_the_lock_that_is_left_over_keeps_everyone_out_until_a_person_unlocks(
    unlocked: StackInBucket,
):
    assert unlocked.lock() is None


def test_the_same_command_makes_the_rest_and_a_second_plan_is_empty(
    unlocked: StackInBucket, before: dict[str, str]
):
    unlocked.stack.apply(ask=False)
    after = unlocked.state()
    assert after.keys() == {"first", "second", "third"}
    assert {name: after[name] for name in before} == before, "what stood was made again"
    assert not unlocked.has_changes()
    assert unlocked.lock() is None


def test_what_was_made_just_before_is_in_no_state_and_the_runbook_says_so(make: Make):
    stack = make("hasty", {"first": 0, "second": 600})
    run = stack.start_apply()
    stack.wait_until_making("second")
    kill(run)
    assert (stack.stack.path / "first").exists()
    assert stack.state() == {}
    runbook = (ROOT / RUNBOOK).read_text()
    assert "twenty seconds" in runbook
    assert "terraform import" in runbook


def test_a_run_that_is_asked_to_stop_keeps_what_it_made_and_gives_its_lock_back(make: Make):
    stack = make("asked", {"first": 0, "second": 600})
    with ThreadPoolExecutor() as threads:
        applied = threads.submit(stack.stack.apply, ask=False)
        stack.wait_until_making("second")
        stack.stack.terraform.stop()
        with pytest.raises(TerraformFailed, match="was stopped"):
            applied.result(SECONDS)
    assert stack.lock() is None
    before = stack.state()
    assert "first" in before

    stack.write({"first": 0, "second": 0})
    again = again_after_a_stop(stack)
    again.stack.apply(ask=False)
    assert again.state()["first"] == before["first"]
    assert again.state().keys() == {"first", "second"}
    assert not again.has_changes()


def again_after_a_stop(stack: StackInBucket) -> StackInBucket:
    """The same folder in a new run: one that was stopped lets nothing begin."""
    fresh = Terraform(environment=stack.stack.terraform.environment)
    folder = type(stack.stack)(terraform=fresh, path=stack.stack.path)
    return StackInBucket(stack=folder, backend=stack.backend, s3=stack.s3)
