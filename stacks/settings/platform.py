"""All environments and accounts together, and the rules between environments."""

import difflib
from collections.abc import Sequence
from ipaddress import IPv4Network
from itertools import combinations
from typing import TypeVar

from .account import Account
from .environment import Environment
from .schema import SettingsError, refuse, settings


@settings
class Platform:
    """Every environment and every account, in the order in which changes reach them."""

    accounts: tuple[Account, ...]
    environments: tuple[Environment, ...]

    def __post_init__(self) -> None:
        self._check_accounts()
        for one, other in combinations(self.environments, 2):
            self._check_pair(one, other)
        names = [environment.name for environment in self.environments]
        for environment in self.environments:
            for guest in environment.shares_account_with:
                if guest not in names:
                    problem = f"of {environment.name} names {guest!r}, which does not exist."
                    refuse(self, "shares_account_with", problem, f"Choose from {', '.join(names)}.")

    def _check_accounts(self) -> None:
        holders = [account.name for account in self.accounts if account.holds_images]
        if len(holders) != 1:
            mend = "Set holds_images for one: a digest must mean the same image everywhere."
            refuse(self, "accounts", f"holding images are {holders or 'none'}.", mend)
        for field in ("name", "id", "state_bucket"):
            values = [getattr(account, field) for account in self.accounts]
            twice = [value for value in values if value is not None and values.count(value) > 1]
            if twice:
                refuse(
                    self,
                    "accounts",
                    f"have the {field} {twice[0]} twice.",
                    "List each account once.",
                )
        for environment in self.environments:
            if environment.account not in self.accounts:
                problem = (
                    f"do not have {environment.account.name}, where {environment.name} stands."
                )
                refuse(self, "accounts", problem, "List it.")

    def _check_pair(self, one: Environment, other: Environment) -> None:
        pair = f"of {one.name} and {other.name}"
        if one.name == other.name:
            refuse(self, "environments", f"have the name {one.name} twice.", "Name each once.")
        ours, theirs = IPv4Network(one.network.cidr), IPv4Network(other.network.cidr)
        if ours.overlaps(theirs):
            mend = "Give each its own block: peered or tunnelled networks must not overlap."
            refuse(self, "network.cidr", f"{pair}, {ours} and {theirs}, overlap.", mend)
        if one.domain.name == other.domain.name:
            mend = f'Write another, such as "{other.name}.{other.domain.zone}".'
            refuse(self, "domain.name", f"{pair} is the same, {one.domain.name}.", mend)
        shared = one.hosts & other.hosts
        if shared:
            mend = "Write another domain for one of them: a host can lead to one place only."
            refuse(self, "domain.name", f"{pair} both claim {min(shared)}.", mend)
        if (
            one.domain.zone == other.domain.zone
            and one.domain.zone_is == other.domain.zone_is == "made"
        ):
            mend = (
                f'Write zone_is="looked-up" in {other.name}: two zones of one name hide each other.'
            )
            refuse(
                self,
                "domain.zone",
                f"{pair} is the same, {one.domain.zone}, and both make it.",
                mend,
            )
        if one.account.id == other.account.id and (one.production or other.production):
            prod, guest = (one, other) if one.production else (other, one)
            if guest.name not in prod.shares_account_with:
                said = f'shares_account_with=("{guest.name}",)'
                mend = f"Give each an account, or say so: {said} in {prod.name}."
                refuse(self, "account", f"{pair} is the same, {one.account.id}.", mend)

    @property
    def registry(self) -> Account:
        """The account that holds all images."""
        return next(account for account in self.accounts if account.holds_images)

    def environments_in(self, account: Account) -> tuple[Environment, ...]:
        """The environments that stand in `account`."""
        return tuple(each for each in self.environments if each.account == account)

    def environment(self, name: str) -> Environment:
        """The environment called `name`. Raises: SettingsError, listing those that exist."""
        return _called(name, "environment", self.environments)

    def account(self, name: str) -> Account:
        """The account called `name`. Raises: SettingsError, listing those that exist."""
        return _called(name, "account", self.accounts)


Named = TypeVar("Named", Account, Environment)


def _called(name: str, noun: str, among: Sequence[Named]) -> Named:
    for each in among:
        if each.name == name:
            return each
    names = [each.name for each in among]
    near = difflib.get_close_matches(name, names, n=1)
    mend = f"Did you mean {near[0]}? There are" if near else "There are"
    raise SettingsError(noun, f"{name!r} does not exist.", f"{mend} {', '.join(names)}.")
