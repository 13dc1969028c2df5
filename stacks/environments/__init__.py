"""The platform as it is: values only. `stacks.settings` says what they may be."""

from stacks.settings import Platform

from .accounts import NONPROD, SHARED
from .accounts import PROD as PROD_ACCOUNT
from .dev import DEV
from .prod import PROD
from .staging import STAGING

PLATFORM = Platform(accounts=(SHARED, NONPROD, PROD_ACCOUNT), environments=(DEV, STAGING, PROD))
