"""Argo CD in the cluster, its borders, and the one application from which it makes all others."""

from typing import Any

from cdktf import Fn, Token
from cdktf_cdktf_provider_aws.data_aws_secretsmanager_secret import DataAwsSecretsmanagerSecret
from cdktf_cdktf_provider_helm.release import Release
from cdktf_cdktf_provider_kubernetes.namespace_v1 import NamespaceV1
from cdktf_cdktf_provider_kubernetes.secret_v1 import SecretV1
from constructs import Construct

from stacks.access import Access
from stacks.argocd import NAMESPACE, borders_values, chart_values
from stacks.cluster import Cluster
from stacks.kubernetes_api import kubernetes_and_helm
from stacks.naming import secret_prefix
from stacks.settings import Environment
from stacks.stack import EnvironmentStack
from stacks.storage import Storage

CHARTS = "https://argoproj.github.io/argo-helm"
ARGO_CD = "10.3.3"  # Argo CD 3.5.1
ARGOCD_APPS = "2.0.5"

TIMEOUT_SECONDS = 600

# https://kubernetes.io/docs/concepts/security/pod-security-admission/
RESTRICTED = {
    f"pod-security.kubernetes.io/{mode}": "restricted" for mode in ("enforce", "audit", "warn")
}


class GitOps(EnvironmentStack):
    """Two releases, because the second is made of kinds that the first brings."""

    def __init__(
        self,
        scope: Construct,
        environment: Environment,
        *,
        access: Access,
        cluster: Cluster,
        storage: Storage,
    ) -> None:
        super().__init__(scope, environment, noun="gitops")
        self.add_dependency(access)  # the way in
        self.add_dependency(storage)  # the secrets' entries
        kubernetes_and_helm(self, cluster)
        self._namespace = NamespaceV1(
            self,
            "namespace",
            metadata={"name": NAMESPACE, "labels": RESTRICTED},
            lifecycle=self.kept(),
        )
        secrets = [*self._repository(), *self._notifications()]
        argo_cd = self._release(
            "argocd",
            "argo-cd",
            ARGO_CD,
            chart_values(environment),
            depends_on=[self._namespace, *secrets],
        )
        self._release(
            "argocd-borders",
            "argocd-apps",
            ARGOCD_APPS,
            [borders_values(environment)],
            depends_on=[argo_cd],
            # Argo CD has made the project "default" by then, wide open: it is taken over, and shut.
            take_ownership=True,
        )

    def _release(
        self, name: str, chart: str, version: str, values: list[str], **more: Any
    ) -> Release:
        return Release(
            self,
            name,
            name=name,  # the chart names what it makes after the release: argocd-server
            namespace=NAMESPACE,
            repository=CHARTS,
            chart=chart,
            version=version,
            values=values,
            timeout=TIMEOUT_SECONDS,
            atomic=True,  # what does not become ready is taken back
            max_history=5,
            **more,
        )

    def _repository(self) -> list[SecretV1]:
        repository = self.environment.gitops.repository
        if not repository.private:
            return []
        return [
            self._secret(
                "repository",
                name="gitops-repository",
                labels={"argocd.argoproj.io/secret-type": "repository"},
                more={"type": "git", "url": repository.url},
            )
        ]

    def _notifications(self) -> list[SecretV1]:
        if self.environment.gitops.notifications is None:
            return []
        labels = {"app.kubernetes.io/part-of": "argocd"}
        return [self._secret("notifications", name="argocd-notifications-secret", labels=labels)]

    def _secret(
        self, entry: str, *, name: str, labels: dict[str, str], more: dict[str, str] | None = None
    ) -> SecretV1:
        """A Kubernetes secret from the entry `tribe/<environment>/argocd/<entry>`, a JSON object.

        Not by External Secrets, which Argo CD must be able to read a repository to install. Its
        value passes through memory alone: read as an ephemeral resource, written by a write-only
        argument, so that it is in no state and no plan. It is written anew when the entry changed.
        """
        entry_name = f"{secret_prefix(self.environment.name, NAMESPACE)}{entry}"
        changed = DataAwsSecretsmanagerSecret(
            self, f"{entry}-entry", name=entry_name
        ).last_changed_date
        # cdktf 0.21 knows no ephemeral resources.
        self.add_override(
            f"ephemeral.aws_secretsmanager_secret_version.{entry}", {"secret_id": entry_name}
        )
        secret = SecretV1(
            self,
            f"{entry}-secret",
            metadata={"name": name, "namespace": NAMESPACE, "labels": labels},
            data_wo_revision=Token.as_number(
                Fn.parseint(Fn.formatdate("YYYYMMDDhhmmss", changed), 10)
            ),
            depends_on=[self._namespace],
        )
        value = f"jsondecode(ephemeral.aws_secretsmanager_secret_version.{entry}.secret_string)"
        if more:
            added = ", ".join(f'{key} = "{text}"' for key, text in more.items())
            value = f"merge({value}, {{{added}}})"
        secret.add_override("data_wo", f"${{{value}}}")
        return secret
