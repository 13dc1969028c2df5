"""The shape of the code itself: who may import whom, and what no file is called."""

import ast
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.stacks.imports import importing, imports, modules, outside
from tests.synthesis import ROOT

# A name that says nothing gathers everything.
NOT_A_NOUN = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "misc",
    "shared",
    "base",
    "lib",
    "stuff",
}
# Folders of the project that hold Python, where they are there.
FOLDERS = ("stacks", "delivery", "rehearsal", "review", "bench", "tools", "tests")


def test_the_reader_of_imports_sees_them() -> None:
    # Were it blind, every test below would be green for nothing.
    assert {"cdktf", "stacks.stack", "stacks.settings"} <= imports("stacks.outputs")
    assert "stacks.settings.schema" in imports("stacks.settings.network")
    assert "cdktf_cdktf_provider_aws.vpc" in imports("stacks.network")
    assert importing("stacks.network", "cdktf_cdktf_provider_aws")


def test_settings_know_python_and_themselves_alone() -> None:
    assert outside("stacks.settings", "stacks.settings") == []


def test_environments_are_values_of_the_settings_alone() -> None:
    assert outside("stacks.environments", "stacks.environments", "stacks.settings") == []


def test_environments_hold_no_logic() -> None:
    for name, path in modules("stacks").items():
        if name.startswith("stacks.environments"):
            logic = (
                ast.FunctionDef,
                ast.ClassDef,
                ast.If,
                ast.For,
                ast.While,
                ast.Lambda,
                ast.IfExp,
            )
            found = [
                node.lineno
                for node in ast.walk(ast.parse(path.read_text()))
                if isinstance(node, logic)
            ]
            assert found == [], name


def test_guardrails_read_json_and_know_no_provider() -> None:
    assert importing("stacks.guardrails", "cdktf_cdktf_provider") == []
    allowed = ("stacks.guardrails", "stacks.naming", "cdktf", "constructs", "jsii")
    assert outside("stacks.guardrails", *allowed) == []


@pytest.mark.parametrize(
    "module",
    ["stacks.naming", "stacks.policy", "stacks.facts", "stacks.boundary", "stacks.summary"],
)
def test_what_is_pure_imports_no_cdktf(module: str) -> None:
    assert importing(module, "cdktf", "constructs", "jsii") == []


def test_stacks_read_nothing_downstream() -> None:
    assert (
        importing("stacks", "main", "delivery", "rehearsal", "review", "bench", "tools", "tests")
        == []
    )


def test_a_stack_is_handed_its_environment_and_never_looks_one_up() -> None:
    found = [
        line
        for line in importing("stacks", "stacks.environments")
        if not line.startswith("stacks.environments")
    ]
    assert found == []


def test_no_stack_asks_for_context_or_the_process_environment() -> None:
    start_up = {"stacks.bindings", "stacks.kernel"}
    for name, path in modules("stacks").items():
        if name not in start_up:
            text = path.read_text()
            assert "os.environ" not in text, name
            assert "get_context" not in text, name


def test_data_flows_one_way() -> None:
    graph = {
        name: {other for other in imports(name) if other in modules("stacks") and other != name}
        for name in modules("stacks")
    }
    try:
        order = list(TopologicalSorter(graph).static_order())
    except CycleError as cycle:
        pytest.fail(f"modules import each other: {' → '.join(cycle.args[1])}")
    assert (
        order.index("stacks.settings.schema")
        < order.index("stacks.network")
        < order.index("stacks.cluster")
    )


def test_providers_are_imported_by_the_submodule_so_that_the_rest_stays_closed() -> None:
    providers = {
        "cdktf_cdktf_provider_aws",
        "cdktf_cdktf_provider_helm",
        "cdktf_cdktf_provider_kubernetes",
    }
    whole = [
        f"{name} imports {other}"
        for name in modules("stacks")
        for other in imports(name) & providers
    ]
    assert whole == []


def test_main_is_the_only_place_that_knows_every_stack() -> None:
    tree = ast.parse((ROOT / "main.py").read_text())
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    nouns = (
        "network",
        "encryption",
        "cluster",
        "identity",
        "edge",
        "storage",
        "services",
        "account",
    )
    assert {f"stacks.{noun}" for noun in nouns} <= imported


@pytest.mark.parametrize("folder", [folder for folder in FOLDERS if (ROOT / folder).is_dir()])
def test_every_file_is_called_by_a_noun(folder: str) -> None:
    vague = [
        name for name in modules(folder) if NOT_A_NOUN & set(name.rpartition(".")[2].split("_"))
    ]
    assert vague == []
