"""Projects and root application against the strict schemas of the released CRDs."""

import copy

from review.schemas import validate
from tests.argocd.conftest import ArgoCd


def test_every_manifest_is_what_the_cluster_would_take(argocd: ArgoCd) -> None:
    version = argocd.environment.cluster.kubernetes_version
    for manifest in argocd.manifests:
        problems = validate(manifest, kubernetes_version=version)
        assert problems == [], f"{manifest['kind']} {manifest['metadata']['name']}"


def test_a_misspelt_field_would_be_found(argocd: ArgoCd) -> None:
    version = argocd.environment.cluster.kubernetes_version
    root = copy.deepcopy(argocd.root)
    root["spec"]["syncPolicy"]["automated"]["enable"] = True
    assert validate(root, kubernetes_version=version)
    project = copy.deepcopy(argocd.projects["services"])
    project["spec"]["syncWindow"] = []
    assert validate(project, kubernetes_version=version)
