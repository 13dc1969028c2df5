"""What no stack may do: for each guardrail a broken resource, and the same one mended."""

from tests.stacks.broken.access import CASES as ACCESS
from tests.stacks.broken.case import Case
from tests.stacks.broken.destruction import CASES as DESTRUCTION
from tests.stacks.broken.encryption import CASES as ENCRYPTION
from tests.stacks.broken.exposure import CASES as EXPOSURE
from tests.stacks.broken.tagging import CASES as TAGGING

CATALOGUE: tuple[Case, ...] = (*TAGGING, *ENCRYPTION, *EXPOSURE, *ACCESS, *DESTRUCTION)

__all__ = ["CATALOGUE", "DESTRUCTION", "Case"]
