"""The bindings in a test's own process, for what cannot be looked at from outside."""

import os
from unittest.mock import patch

from stacks.bindings import load_on_demand


def load() -> None:
    """Load cdktf as main.py does, before a module that imports it.

    What other tests start must not find the environment changed: it is put back.
    """
    with patch.dict(os.environ):
        load_on_demand()
        import cdktf  # noqa: F401 - starts Node, while the environment says which
