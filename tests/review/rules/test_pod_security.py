"""Every control of the Pod Security Standards, on a pod that breaks it and one that just does not.

The values are those of https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from typing import Any

import pytest

from review.rules import baseline, restricted
from review.rules.pod import Pod
from review.rules.pod_security import check, unseen
from tests.review.rules.given import missing_chart, objects, workload

Object = dict[str, Any]

SAFE = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "runAsNonRoot": True,
    "seccompProfile": {"type": "RuntimeDefault"},
}


def container(**fields: Any) -> Object:
    return {"spec": {"containers": [{"name": "main", "securityContext": SAFE, **fields}]}}


def context(**fields: Any) -> Object:
    """A pod whose one container has these fields in its security context."""
    return container(securityContext={**SAFE, **fields})


def pod(**fields: Any) -> Object:
    return {"spec": {**container()["spec"], **fields}}


def pods_context(**fields: Any) -> Object:
    return pod(securityContext=fields)


def volume(**source: Any) -> Object:
    return pod(volumes=[{"name": "a", **source}])


def probe(host: str) -> Object:
    return container(livenessProbe={"httpGet": {"port": 80, "host": host}})


def annotated(value: str) -> Object:
    key = "container.apparmor.security.beta.kubernetes.io/main"
    return {**container(), "metadata": {"annotations": {key: value}}}


def broken(template: Object, controls: Any) -> set[str]:
    return {name for name, each in controls.items() if list(each(Pod(template=template)))}


BASELINE = [
    ("HostProcess", context(windowsOptions={"hostProcess": True})),
    ("HostProcess", pods_context(windowsOptions={"hostProcess": True})),
    ("Host Namespaces", pod(hostNetwork=True)),
    ("Host Namespaces", pod(hostPID=True)),
    ("Host Namespaces", pod(hostIPC=True)),
    ("Privileged Containers", context(privileged=True)),
    ("Capabilities", context(capabilities={"drop": ["ALL"], "add": ["NET_ADMIN"]})),
    ("Host Ports", container(ports=[{"containerPort": 80, "hostPort": 80}])),
    ("Host Probes / Lifecycle Hooks", probe("10.0.0.1")),
    (
        "Host Probes / Lifecycle Hooks",
        container(lifecycle={"preStop": {"tcpSocket": {"port": 1, "host": "a"}}}),
    ),
    ("AppArmor", context(appArmorProfile={"type": "Unconfined"})),
    ("AppArmor", pods_context(appArmorProfile={"type": "Unconfined"})),
    ("AppArmor", annotated("unconfined")),
    ("SELinux", context(seLinuxOptions={"type": "spc_t"})),
    ("SELinux", context(seLinuxOptions={"user": "sysadm_u"})),
    ("SELinux", pods_context(seLinuxOptions={"role": "sysadm_r"})),
    ("/proc Mount Type", context(procMount="Unmasked")),
    ("Seccomp", context(seccompProfile={"type": "Unconfined"})),
    ("Sysctls", pods_context(sysctls=[{"name": "kernel.msgmax", "value": "1"}])),
]
RESTRICTED = [
    ("Volume Types", volume(hostPath={"path": "/"})),
    ("Volume Types", volume(nfs={"server": "a", "path": "/"})),
    ("Privilege Escalation", context(allowPrivilegeEscalation=True)),
    ("Privilege Escalation", context(allowPrivilegeEscalation=None)),
    ("Running as Non-root", context(runAsNonRoot=None)),
    ("Running as Non-root", context(runAsNonRoot=False)),
    ("Running as Non-root", pods_context(runAsNonRoot=False)),
    ("Running as Non-root user", context(runAsUser=0)),
    ("Running as Non-root user", pods_context(runAsUser=0)),
    ("Seccomp", context(seccompProfile=None)),
    ("Capabilities", context(capabilities={})),
    ("Capabilities", context(capabilities={"drop": ["all"]})),
    ("Capabilities", context(capabilities={"drop": ["ALL"], "add": ["CHOWN"]})),
    ("/proc Mount Type", {"spec": {**context(procMount="Unmasked")["spec"], "hostUsers": False}}),
]
QUIET = [
    container(),
    context(windowsOptions={"hostProcess": False}),
    pod(hostNetwork=False),
    context(capabilities={"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}),
    container(ports=[{"containerPort": 80, "hostPort": 0}]),
    probe(""),
    context(appArmorProfile={"type": "Localhost", "localhostProfile": "a"}),
    annotated("runtime/default"),
    annotated("localhost/a"),
    context(seLinuxOptions={"type": "container_t"}),
    context(seLinuxOptions={"level": "s0"}),
    context(procMount="Default"),
    context(seccompProfile={"type": "Localhost", "localhostProfile": "a"}),
    pods_context(sysctls=[{"name": "net.ipv4.tcp_rmem", "value": "1"}]),
    volume(emptyDir={}),
    volume(persistentVolumeClaim={"claimName": "a"}),
    volume(image={"reference": "a"}),
    volume(),
    context(runAsUser=1),
    {
        "spec": {
            "securityContext": {"runAsNonRoot": True, "seccompProfile": {"type": "RuntimeDefault"}},
            **context(runAsNonRoot=None, seccompProfile=None)["spec"],
        }
    },
    {"spec": {**context(runAsNonRoot=False, runAsUser=0)["spec"], "hostUsers": False}},
    {
        "spec": {
            **container(securityContext={"runAsNonRoot": True})["spec"],
            "os": {"name": "windows"},
        }
    },
]


@pytest.mark.parametrize(("control", "template"), BASELINE)
def test_the_baseline_is_broken_in_this_control_alone(control: str, template: Object):
    assert broken(template, baseline.CONTROLS) == {control}
    assert control in broken(template, restricted.CONTROLS)


@pytest.mark.parametrize(("control", "template"), RESTRICTED)
def test_the_restricted_standard_is_broken_in_this_control_alone(control: str, template: Object):
    assert broken(template, restricted.CONTROLS) == {control}


@pytest.mark.parametrize("template", [each for _, each in RESTRICTED[2:]])
def test_what_is_restricted_alone_the_baseline_takes(template: Object):
    assert broken(template, baseline.CONTROLS) == set()


def test_paths_of_the_node_break_the_baseline_too():
    assert broken(volume(hostPath={"path": "/"}), baseline.CONTROLS) == {"HostPath Volumes"}


@pytest.mark.parametrize("template", QUIET)
def test_what_the_restricted_standard_takes(template: Object):
    assert broken(template, restricted.CONTROLS) == set()


@pytest.mark.parametrize("kind", ["initContainers", "ephemeralContainers"])
def test_every_kind_of_container_is_judged(kind: str):
    other = {"name": "other", "securityContext": {**SAFE, "privileged": True}}
    template = {"spec": {**container()["spec"], kind: [other]}}
    (breach,) = baseline.CONTROLS["Privileged Containers"](Pod(template=template))
    assert breach.steps == ["spec", kind, 0, "securityContext", "privileged"]


def namespace(level: str) -> str:
    return (
        "---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n"
        f"  labels: {{pod-security.kubernetes.io/enforce: {level}}}\n"
    )


@pytest.mark.parametrize(
    ("level", "own", "number"),
    [("privileged", True, 0), ("baseline", True, 1), ("restricted", False, 5)],
)
def test_a_pod_is_judged_by_its_namespaces_level_whoever_made_it(
    level: str, own: bool, number: int
):
    text = workload(pod="hostNetwork: true")
    found = list(check(objects(namespace(level), text, own=own)))
    # host network; escalation, non-root, seccomp and all capabilities kept
    assert len(found) == number
    assert all(each.severity == "error" for each in found)
    if found:
        assert found[0].path == "spec.template.spec.hostNetwork"
        assert f"shop is {level} (Host Namespaces)" in found[0].message


def test_a_cron_jobs_pods_are_found():
    text = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: a}
spec: {jobTemplate: {spec: {template: {spec: {hostPID: true, containers: []}}}}}
"""
    (problem,) = check(objects(namespace("baseline"), text))
    assert problem.path == "spec.jobTemplate.spec.template.spec.hostPID"


def test_an_unknown_level_is_an_error():
    (problem,) = check(objects(namespace("strict"), workload()))
    assert "is strict" in problem.message


def test_what_was_not_judged_is_said():
    system = workload().replace("{name: orders}", "{name: agent, namespace: kube-system}", 1)
    operated = (
        "---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: main}\n"
    )
    said = [each.what for each in unseen(objects(system, operated, missing=[missing_chart()]))]
    assert said == [
        "Pod Security of the pods in kube-system",
        "the pods of Prometheus shop/main",
        "chart redis 1.0.0 (https://charts.example.com)",
    ]
