"""Which Kubernetes versions EKS supports, until when, and what belongs to each."""

import datetime

from .schema import settings

UNTIL_WARNING = datetime.timedelta(days=90)


@settings
class KubernetesVersion:
    """One minor version in EKS's standard support.

    standard_support_ends: from this day EKS upgrades a cluster with STANDARD support by itself.
    node_image_release: the AL2023 node image, a release of amazon-eks-ami.
    addons: EKS add-on versions tested together.
    """

    minor: str
    standard_support_ends: datetime.date
    node_image_release: str
    vpc_cni: str
    kube_proxy: str
    coredns: str
    pod_identity_agent: str
    ebs_csi_driver: str
    node_monitoring_agent: str
    metrics_server: str

    def warning(self, today: datetime.date) -> str | None:
        """What to say when the end is near. A warning, not a refusal: a hotfix must get through."""
        if self.standard_support_ends - today > UNTIL_WARNING:
            return None
        return (
            f"Kubernetes {self.minor} leaves standard support on {self.standard_support_ends}: "
            "EKS then upgrades the cluster by itself, and the next apply would try a downgrade. "
            "Raise kubernetes_version before."
        )


# Dates: https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
# Add-ons: aws eks describe-addon-versions --kubernetes-version <minor>
# Node images: https://github.com/awslabs/amazon-eks-ami/releases
SUPPORTED = {
    version.minor: version
    for version in (
        KubernetesVersion(
            minor="1.36",
            standard_support_ends=datetime.date(2027, 8, 2),
            node_image_release="1.36.4-20260923",
            vpc_cni="v1.22.4-eksbuild.3",
            kube_proxy="v1.36.0-eksbuild.25",
            coredns="v1.14.3-eksbuild.23",
            pod_identity_agent="v1.3.10-eksbuild.3",
            ebs_csi_driver="v1.66.0-eksbuild.1",
            node_monitoring_agent="v1.6.4-eksbuild.1",
            metrics_server="v0.8.1-eksbuild.10",
        ),
        KubernetesVersion(
            minor="1.35",
            standard_support_ends=datetime.date(2027, 3, 27),
            node_image_release="1.35.7-20260903",
            vpc_cni="v1.22.1-eksbuild.2",
            kube_proxy="v1.35.3-eksbuild.11",
            coredns="v1.14.3-eksbuild.2",
            pod_identity_agent="v1.3.10-eksbuild.3",
            ebs_csi_driver="v1.59.0-eksbuild.1",
            node_monitoring_agent="v1.6.4-eksbuild.1",
            metrics_server="v0.8.1-eksbuild.6",
        ),
    )
}
