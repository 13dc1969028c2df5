"""What a chart can ask about the cluster that it is rendered for."""

from dataclasses import dataclass
from functools import cached_property

from review.schemas import native, validators


@dataclass(frozen=True)
class Cluster:
    """kubernetes_version: as "1.36"."""

    kubernetes_version: str

    @cached_property
    def api_versions(self) -> tuple[str, ...]:
        """As Argo CD tells Helm: every group and version, and every kind in it; custom ones too."""
        kinds = [*native.kinds(self.kubernetes_version), *validators.custom_kinds()]
        known = {version for version, _ in kinds}
        known |= {f"{version}/{kind}" for version, kind in kinds}
        return tuple(sorted(known))
