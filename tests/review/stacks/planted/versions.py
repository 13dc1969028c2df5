"""Kubernetes goes where EKS does not."""

from tests.review.stacks.planted.case import changed

VERSIONS = [
    changed(
        "Kubernetes goes back",
        "aws_eks_cluster.cluster", {"version": "1.36"}, {"version": "1.35"}, "kubernetes-version",
    ),
    changed(
        "Kubernetes goes over a version",
        "aws_eks_cluster.cluster", {"version": "1.34"}, {"version": "1.36"}, "kubernetes-version",
    ),
]  # fmt: skip
