"""What tests of delivery share with the rehearsal's: the real AWS provider, installed once."""

from tests.rehearsal.conftest import provider as aws_provider
from tests.rehearsal.conftest import stacks

__all__ = ["aws_provider", "stacks"]
