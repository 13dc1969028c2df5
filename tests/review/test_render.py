"""`review.render`: an environment as its root application brings it into the cluster."""

from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from review.applicationsets import NAMESPACE
from review.check import check
from review.environment import UnknownEnvironment
from review.render import DIRECTORY, ROOT, render
from review.repository import FileProblem
from tests.review.conftest import Make
from tests.review.tiny import MONITORING, SERVICES, STACK


def data(rendering, application: str) -> dict[str, str]:
    (document,) = rendering.application(application).documents
    return document.content["data"]


def test_every_application_of_the_environment_is_rendered(tiny: Make) -> None:
    rendering = render(tiny(), "dev")
    assert rendering.problems == []
    assert [each.name for each in rendering.applications] == [
        "root",
        "monitoring",
        "platform",
        "orders",
    ]
    assert rendering.kubernetes_version == "1.36"


def test_the_root_application_leaves_out_what_is_no_manifest(tiny: Make) -> None:
    kinds = [each.kind for each in render(tiny(), "dev").application("root").documents]
    assert kinds == ["Application", "Application", "ApplicationSet"]


def test_the_root_application_is_taken_for_what_it_is() -> None:
    root = yaml.safe_load((Path(__file__).parents[2] / "argocd/root.yaml").read_text())
    assert root["spec"]["source"]["directory"] == DIRECTORY
    assert root["metadata"] == {"name": ROOT, "namespace": NAMESPACE}


def test_later_value_files_win_over_earlier_ones_and_over_the_charts_own(tiny: Make) -> None:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/helm/#helm-value-precedence"""
    assert data(render(tiny(), "dev"), "orders") == {
        "level": "info",
        "team": "shop",
        "port": "9090",
        "image": "registry/orders:1.2.3",
    }


def test_namespaced_documents_go_to_the_destinations_namespace(tiny: Make) -> None:
    rendering = render(tiny(), "dev")
    assert rendering.application("orders").documents[0].namespace == "api-services"
    assert rendering.application("platform").documents[0].namespace == ""


def test_a_chart_that_is_not_there_is_listed_and_the_other_sources_rendered(tiny: Make) -> None:
    rendering = render(tiny(), "dev")
    assert [str(each) for each in rendering.not_rendered] == [
        "not rendered: stack 1.2.3 (https://charts.example.com/monitoring)"
    ]
    assert [each.name for each in rendering.application("monitoring").documents] == ["orders"]


def test_a_chart_of_the_charts_folder_takes_value_files_by_reference(tiny: Make) -> None:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/"""
    repository = tiny(dict(STACK))
    rendering = render(repository, "dev", charts=repository.root / "charts")
    assert rendering.not_rendered == []
    stack, rule = rendering.application("monitoring").documents
    assert stack.content["data"] == {"days": "15", "unset": ""}
    assert not stack.own
    assert rule.own


def test_a_chart_of_another_version_is_not_taken(tiny: Make) -> None:
    other = {"charts/stack/Chart.yaml": "apiVersion: v2\nname: stack\nversion: 1.2.4\n"}
    repository = tiny({**STACK, **other})
    rendering = render(repository, "dev", charts=repository.root / "charts")
    assert [each.chart for each in rendering.not_rendered] == ["stack"]


def test_the_last_source_wins_where_two_make_the_same_resource(tiny: Make) -> None:
    """https://argo-cd.readthedocs.io/en/stable/user-guide/multiple_sources/"""
    override = """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: monitoring-stack
        data:
          days: "30"
        """
    repository = tiny({**STACK, "monitoring/rules/override.yaml": override})
    monitoring = render(repository, "dev", charts=repository.root / "charts").application(
        "monitoring"
    )
    stacks = [each for each in monitoring.documents if each.name == "monitoring-stack"]
    assert [each.content["data"] for each in stacks] == [{"days": "30"}]
    assert [each.rule for each in monitoring.problems] == ["repeated-resource"]


def test_an_application_made_by_a_chart_is_rendered_too(tiny: Make) -> None:
    inner = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: inner, namespace: argocd}
        spec:
          project: default
          source: {repoURL: https://git.example.com/tribe/gitops.git, path: inner}
          destination: {server: https://kubernetes.default.svc, namespace: inner}
        """
    config = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"
    repository = tiny({"platform/templates/inner.yaml": inner, "inner/x.yaml": config})
    assert [each.name for each in render(repository, "dev").application("inner").documents] == ["x"]


def test_two_applications_of_one_name_are_a_problem(tiny: Make) -> None:
    other = MONITORING.replace("name: monitoring", "name: platform", 1)
    rendering = render(tiny({"environments/dev/monitoring.yaml": other}), "dev")
    assert [each.rule for each in rendering.problems] == ["application"]
    assert "both make application platform" in rendering.problems[0].message


def test_a_broken_chart_does_not_keep_the_others_from_being_rendered(tiny: Make) -> None:
    broken = {
        "charts/service/templates/broken.yaml": "\na: {{ .Values.image.tag }}\n",
        "services/ai-services/talk/dev/image.yaml": "image: registry/talk:1\n",
        "services/ai-services/talk/dev/values.yaml": "level: loud\n",
        "services/ai-services/talk/values.yaml": "",
        "platform/values-dev.yaml": "namespaces: [a\n",
    }
    rendering = render(tiny(broken), "dev")
    found = {(each.application, each.file, each.line, each.path) for each in rendering.problems}
    assert found == {
        ("orders", "charts/service/templates/broken.yaml", 1, ""),
        ("platform", "platform/values-dev.yaml", 1, ""),
        ("talk", "services/ai-services/talk/dev/values.yaml", None, "level"),
    }


def test_a_missing_key_in_a_chart_of_this_repository_is_an_error(tiny: Make) -> None:
    template = "a: {{ .Values.nope }}\n"
    rendering = render(tiny({"charts/service/templates/x.yaml": template}), "dev")
    (problem,) = rendering.application("orders").problems
    assert 'no entry for key "nope"' in problem.message


def test_an_application_that_the_cluster_would_refuse_is_not_rendered(tiny: Make) -> None:
    wrong = MONITORING.replace("  destination:", "  destinations: {}\n  destination:")
    rendering = render(tiny({"environments/dev/monitoring.yaml": wrong}), "dev")
    (problem,) = rendering.application("monitoring").problems
    assert problem.path == "spec.destinations"
    assert (problem.file, problem.line) == ("environments/dev/monitoring.yaml", 1)


def test_another_git_repository_is_listed_as_not_rendered(tiny: Make) -> None:
    other = MONITORING.replace(
        "https://git.example.com/tribe/gitops.git\n      targetRevision: HEAD\n      path",
        "https://git.example.com/tribe/rules.git\n      targetRevision: v2\n      path",
    )
    rendering = render(tiny({"environments/dev/monitoring.yaml": other}), "dev")
    assert "not rendered: monitoring/rules at v2 (https://git.example.com/tribe/rules.git)" in [
        str(each) for each in rendering.not_rendered
    ]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("platform/kustomization.yaml", "resources: []\n"),
        ("platform/.argocd-source.yaml", "helm: {}\n"),
        ("platform/.argocd-source-platform.yaml", "helm: {}\n"),
    ],
)
def test_what_is_not_rendered_here_is_refused(tiny: Make, file: str, text: str) -> None:
    (problem,) = render(tiny({file: text}), "dev").application("platform").problems
    assert problem.rule == "unsupported"
    assert Path(file).name in problem.message


def test_a_failing_set_is_an_environment_wide_failure(tiny: Make) -> None:
    changes = {
        "environments/dev/services.yaml": SERVICES.replace(
            "{{ .path.path }}/image", "{{ .nope }}/image"
        ),
    }
    rendering = render(tiny(changes), "dev")
    assert "orders" not in [each.name for each in rendering.applications]
    (problem,) = rendering.problems
    assert problem.document == "ApplicationSet argocd/services"
    assert "the environment gets no change" in problem.message


def test_an_unknown_environment_lists_those_that_exist(tiny: Make) -> None:
    with pytest.raises(UnknownEnvironment, match=r"no environment prod .* there are dev"):
        render(tiny(), "prod")


def test_a_version_that_is_a_number_is_refused(tiny: Make) -> None:
    facts = dedent("""
        facts:
          kubernetesVersion: 1.36
        """)
    with pytest.raises(FileProblem, match="quoted version"):
        render(tiny({"environments/dev/facts.yaml": facts}), "dev")


def test_a_version_without_schemas_is_a_fault_of_its_facts_alone(tiny: Make) -> None:
    facts = {"environments/old/facts.yaml": 'facts: {kubernetesVersion: "1.10"}\n'}
    problems, _ = check(tiny(facts))
    (problem,) = [each for each in problems if each.environment == "old"]
    assert (problem.file, problem.rule) == ("environments/old/facts.yaml", "facts")
    assert problem.message.startswith("There are no schemas of Kubernetes 1.10")


def test_without_facts_the_version_is_given(tiny: Make) -> None:
    platform = {"environments/dev/platform.yaml": None, "environments/dev/facts.yaml": None}
    assert render(tiny(platform), "dev", kubernetes_version="1.35").kubernetes_version == "1.35"
