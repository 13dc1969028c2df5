"""Catches the refusal of a setting, so that a test can look at it."""

from collections.abc import Callable

import pytest

from stacks.settings import SettingsError


def refused(build: Callable[[], object]) -> SettingsError:
    """The refusal of what `build` makes. Fails where nothing is refused."""
    with pytest.raises(SettingsError) as caught:
        build()
    return caught.value
