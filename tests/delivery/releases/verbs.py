"""The verbs as people run them, by the command `tribe`."""

from dataclasses import dataclass

from click.testing import CliRunner

from review.could_not_run import CouldNotRun
from tests.delivery.releases.checkout import Checkout
from tribe.__main__ import tribe


@dataclass(frozen=True)
class Ended:
    """code: 0 done, 1 refused, 2 could not run."""

    code: int
    said: str


def run(checkout: Checkout, verb: str, *arguments: str) -> Ended:
    """Run `tribe VERB … --into CHECKOUT`. Raises: whatever else than a refusal went wrong."""
    into = ["--into", str(checkout.folder)]
    result = CliRunner().invoke(tribe, [verb, *into, *arguments])
    if isinstance(result.exception, CouldNotRun):
        return Ended(2, result.output + str(result.exception))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ended(result.exit_code, result.output)
