"""Argo CD's project `services` lets in what the chart makes, and nothing that it never makes."""

from pathlib import Path

import yaml

from tests.service.chart import Objects, render, service
from tests.service.matrix import FITTING

PROJECT = Path(__file__).parents[2] / "argocd" / "projects" / "services.yaml"


def kinds(objects: Objects) -> set[tuple[str, str]]:
    return {(each["apiVersion"].rpartition("/")[0], each["kind"]) for each in objects}


def test_every_kind_of_the_chart_is_let_in_and_no_other():
    let_in = yaml.safe_load(PROJECT.read_text())["spec"]["namespaceResourceWhitelist"]
    made = {found for case in FITTING for found in kinds(case.objects)}
    made |= kinds(render(service(config={"A": "1"}, secrets=["B"])))
    assert {(each["group"], each["kind"]) for each in let_in} == made
