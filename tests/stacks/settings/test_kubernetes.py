"""The table of Kubernetes versions, and the warning before one leaves standard support."""

import datetime
import re

import pytest

from stacks.settings.kubernetes import SUPPORTED, KubernetesVersion

ENDS = SUPPORTED["1.36"].standard_support_ends


@pytest.mark.parametrize(
    ("days_before", "warns"),
    [(365, False), (91, False), (90, True), (89, True), (1, True), (0, True), (-30, True)],
)
def test_warns_from_ninety_days_before_the_end(days_before: int, warns: bool) -> None:
    warning = SUPPORTED["1.36"].warning(ENDS - datetime.timedelta(days=days_before))
    assert (warning is not None) == warns, warning


def test_the_warning_says_version_date_and_mend() -> None:
    warning = SUPPORTED["1.36"].warning(ENDS)
    assert warning is not None
    assert "1.36" in warning
    assert "2027-08-02" in warning
    assert "Raise kubernetes_version" in warning


def test_the_table_ends_when_aws_says() -> None:
    ends = {
        minor: version.standard_support_ends.isoformat() for minor, version in SUPPORTED.items()
    }
    assert ends == {"1.36": "2027-08-02", "1.35": "2027-03-27"}


@pytest.mark.parametrize("version", SUPPORTED.values(), ids=SUPPORTED)
def test_what_belongs_to_a_version_names_it(version: KubernetesVersion) -> None:
    assert version.node_image_release.startswith(f"{version.minor}.")
    assert version.kube_proxy.startswith(f"v{version.minor}.")


@pytest.mark.parametrize("version", SUPPORTED.values(), ids=SUPPORTED)
@pytest.mark.parametrize(
    "addon",
    [
        *("vpc_cni", "kube_proxy", "coredns", "pod_identity_agent"),
        *("ebs_csi_driver", "node_monitoring_agent", "metrics_server"),
    ],
)
def test_every_addon_is_pinned_to_a_build(version: KubernetesVersion, addon: str) -> None:
    assert re.fullmatch(r"v\d+\.\d+\.\d+-eksbuild\.\d+", getattr(version, addon))
