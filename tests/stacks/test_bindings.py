"""Bindings that load on demand are the same bindings."""

import json
import re
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Optional, Union

import pytest
import typeguard

from bench.output import digests
from stacks import bindings, kernel
from tests.stacks.fresh_python import run

SYNTHESIZE = """
import json, runpy, sys
runpy.run_path("main.py", run_name="__main__")
print(json.dumps(sorted(name for name in sys.modules if name.startswith("cdktf_cdktf_provider_"))))
"""


def submodules(provider: str) -> Iterator[Path]:
    return kernel.package_folder(provider).glob("[a-z]*/__init__.py")


@pytest.fixture(scope="module")
def on_demand(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A synthesis of everything: what it wrote, and the modules of the bindings it imported."""
    folder = tmp_path_factory.mktemp("on-demand")
    output = run(SYNTHESIZE, CDKTF_OUTDIR=folder)
    return folder, json.loads(output.splitlines()[-1])


@pytest.mark.eager
def test_loading_on_demand_and_loading_everything_write_the_same_bytes(
    on_demand: tuple[Path, list[str]], tmp_path: Path
) -> None:
    run(SYNTHESIZE, CDKTF_OUTDIR=tmp_path, TRIBE_BINDINGS="eager")
    assert digests(tmp_path) == digests(on_demand[0])


def test_a_synthesis_imports_few_of_the_submodules(on_demand: tuple[Path, list[str]]) -> None:
    imported = [name for name in on_demand[1] if name.count(".") == 1]
    assert 10 < len(imported) < 120
    assert sum(1 for _ in submodules("cdktf_cdktf_provider_aws")) > 2000


@pytest.mark.parametrize("provider", bindings.PROVIDERS)
def test_no_submodule_refers_to_another(provider: str) -> None:
    imports = {
        line.strip()
        for path in submodules(provider)
        for line in header(path)
        if re.match(r"(from|import) ", line)
    }
    own = {line for line in imports if line.startswith("from .") or provider in line}
    assert own == {"from .._jsii import *"}


def header(path: Path) -> Iterator[str]:
    """The lines of a generated module before its first definition: all its imports."""
    with path.open() as lines:
        for line in lines:
            if line.startswith(("class ", "@")):
                return
            yield line


def test_a_misspelt_way_of_loading_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIBE_BINDINGS", "egaer")
    with pytest.raises(
        ValueError, match="TRIBE_BINDINGS=egaer: leave it unset, or set it to eager"
    ):
        bindings.load_on_demand.__wrapped__()


CHECKED = """
from stacks.bindings import load_on_demand
load_on_demand()
from cdktf import Testing, TerraformStack
from cdktf_cdktf_provider_aws.vpc import Vpc
for arguments in ({{}}, {{"cidr_block": None}}, {{"cidr_block": 10}}, {{"tags": "red"}}):
    try:
        Vpc(TerraformStack(Testing.app(), "stack"), "vpc", **arguments)
        print("accepted")
    except TypeError as error:
        print(error)
"""


def test_arguments_are_still_checked() -> None:
    assert run(CHECKED.format()).splitlines() == [
        "accepted",
        "accepted",
        "type of argument cidr_block must be one of (str, NoneType); got int instead",
        "type of argument tags must be one of (Mapping[str, str], NoneType); got str instead",
    ]


@pytest.mark.parametrize(
    ("expected", "passed_on"),
    [
        (str | None, 1),
        (Optional[str], 0),  # noqa: UP045
        (Union[str, int, None], 0),  # noqa: UP007
        (str, 1),
        (dict[str, None], 1),
    ],
)
def test_only_an_optional_takes_none_without_a_check(
    expected: object, passed_on: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    monkeypatch.setattr(typeguard, "check_type", lambda **_: calls.append(expected))
    bindings._accept_none_at_once()
    typeguard.check_type(argname="argument", value=None, expected_type=expected)
    typeguard.check_type(argname="argument", value=1, expected_type=expected)
    assert len(calls) == passed_on + 1


def test_type_hints_of_generated_functions_are_evaluated_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    evaluated: list[object] = []

    def plain(obj: object, **_: object) -> dict[str, object]:
        evaluated.append(obj)
        return {"id": str}

    def _typecheckingstub__1(id: str) -> None: ...
    def ours(id: str) -> None: ...

    monkeypatch.setattr(typing, "get_type_hints", plain)
    bindings._remember_type_hints()
    for function in (_typecheckingstub__1, ours):
        for _ in range(2):
            assert typing.get_type_hints(function) == {"id": str}
    assert evaluated == [_typecheckingstub__1, ours, ours]
