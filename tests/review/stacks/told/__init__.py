"""What is said of changes, rule by rule."""

from tests.review.stacks.told.access import ACCESS
from tests.review.stacks.told.encryption import ENCRYPTION
from tests.review.stacks.told.network import NETWORK
from tests.review.stacks.told.policies import POLICIES
from tests.review.stacks.told.protection import FIREWALL, PROTECTION

TOLD = (*ACCESS, *ENCRYPTION, *PROTECTION, *FIREWALL, *POLICIES, *NETWORK)
