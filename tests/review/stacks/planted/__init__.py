"""Dangers planted in stacks, each with the rules that must find it, and no others."""

from tests.review.stacks.planted.encryption import ENCRYPTION
from tests.review.stacks.planted.firewall import FIREWALL
from tests.review.stacks.planted.iam import IAM
from tests.review.stacks.planted.network import NETWORK
from tests.review.stacks.planted.protection import PROTECTION
from tests.review.stacks.planted.stateful import STATEFUL
from tests.review.stacks.planted.versions import VERSIONS

PLANTED = (*STATEFUL, *IAM, *NETWORK, *ENCRYPTION, *PROTECTION, *FIREWALL, *VERSIONS)
