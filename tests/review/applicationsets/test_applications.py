"""What becomes of the applications that a set makes, and its patch of them."""

from textwrap import dedent
from typing import Any

import pytest

from tests.review.applicationsets.given import NAMED, applicationset, expanded, refused
from tests.review.conftest import Make


class TestApplications:
    """DOCS/Template/, DOCS/Application-Deletion/"""

    ONE = "[{list: {elements: [{n: a}]}}]"

    def test_they_live_where_their_set_lives(self, checkout: Make) -> None:
        (found,) = expanded(checkout, {}, applicationset(self.ONE, NAMED % ".n"))
        assert found["metadata"]["namespace"] == "argocd"

    @pytest.mark.parametrize(
        ("policy", "finalizers"),
        [
            ({}, ["resources-finalizer.argocd.argoproj.io"]),
            ({"preserveResourcesOnDeletion": True}, None),
        ],
    )
    def test_their_resources_go_with_them_unless_the_set_preserves_them(
        self, checkout: Make, policy: dict[str, Any], finalizers: list[str] | None
    ) -> None:
        (found,) = expanded(checkout, {}, applicationset(self.ONE, NAMED % ".n", syncPolicy=policy))
        assert found["metadata"].get("finalizers") == finalizers

    def test_two_of_one_name_are_refused(self, checkout: Make) -> None:
        generators = "[{list: {elements: [{n: a}, {n: a}]}}]"
        (problem,) = refused(checkout, {}, applicationset(generators, NAMED % ".n"))
        assert "two applications would be called a" in problem.message


class TestTemplatePatch:
    """DOCS/Template/#template-patch"""

    GENERATORS = (
        "[{list: {elements: [{n: a, autoSync: true, prune: true, files: [x.yaml, y.yaml]}]}}]"
    )
    TEMPLATE = """
        metadata: {name: "{{ .n }}"}
        spec:
          project: default
          source: {path: p, helm: {valueFiles: [z.yaml], releaseName: r}}
        """

    def patched(self, make: Make, patch: str) -> dict[str, Any]:
        document = applicationset(self.GENERATORS, self.TEMPLATE, templatePatch=dedent(patch))
        (found,) = expanded(make, {}, document)
        return found["spec"]

    def test_it_makes_what_texts_cannot(self, checkout: Make) -> None:
        spec = self.patched(
            checkout,
            """
            spec:
              source:
                helm:
                  valueFiles:
                  {{- range $file := .files }}
                    - {{ $file }}
                  {{- end }}
            {{- if .autoSync }}
              syncPolicy:
                automated:
                  prune: {{ .prune }}
            {{- end }}
            """,
        )
        assert spec["syncPolicy"] == {"automated": {"prune": True}}
        assert spec["source"] == {
            "path": "p",
            "helm": {"valueFiles": ["x.yaml", "y.yaml"], "releaseName": "r"},
        }

    def test_null_takes_away(self, checkout: Make) -> None:
        assert "helm" not in self.patched(checkout, "spec: {source: {helm: null}}")["source"]

    def test_it_cannot_change_the_project(self, checkout: Make) -> None:
        assert self.patched(checkout, "spec: {project: other}")["project"] == "default"

    @pytest.mark.parametrize(
        ("patch", "why"),
        [
            ("spec:", "takes the whole spec away"),
            ("{{ .nope }}", "no entry for key"),
            ("- a", "no object"),
            ("spec: [", "no YAML"),
            ("spec: {$patch: delete}", "directive"),
        ],
    )
    def test_a_patch_that_harms_is_refused(self, checkout: Make, patch: str, why: str) -> None:
        document = applicationset(self.GENERATORS, self.TEMPLATE, templatePatch=patch)
        (problem,) = refused(checkout, {}, document)
        assert why in problem.message
