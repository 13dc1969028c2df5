"""What an object of a service names is there: pods by their labels, ports, and other objects."""

from tests.service.chart import Object, render
from tests.service.matrix import Case


def test_selectors_find_the_services_pods_and_nobody_elses(case: Case):
    own = case.objects.pod["metadata"]["labels"]
    others = render(case.values | {"name": "orders-archive"}).pod["metadata"]["labels"]
    for selector in _selectors(case):
        assert selector
        assert selector.items() <= own.items()
        assert not selector.items() <= others.items()


def test_services_lead_to_ports_of_the_container(case: Case):
    ports = {port["name"] for port in case.objects.container.get("ports", [])}
    for each in case.objects.all("Service"):
        assert {port["targetPort"] for port in each["spec"]["ports"]} <= ports


def test_a_way_in_by_network_policy_leads_to_a_port_of_the_container(case: Case):
    ports = {port["containerPort"] for port in case.objects.container.get("ports", [])}
    for rule in case.objects.one("NetworkPolicy")["spec"].get("ingress", []):
        assert {port["port"] for port in rule["ports"]} <= ports


def test_what_a_rollout_names_is_there(case: Case):
    for rollout in case.objects.all("Rollout"):
        for kind, name in _references(rollout["spec"]["strategy"]):
            assert case.objects.one(kind, name)


def _selectors(case: Case) -> list[dict[str, str]]:
    objects, pod = case.objects, case.objects.pod["spec"]
    (preferred,) = pod["affinity"]["podAntiAffinity"][
        "preferredDuringSchedulingIgnoredDuringExecution"
    ]
    return [
        objects.workload["spec"]["selector"]["matchLabels"],
        objects.one("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        objects.one("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        pod["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
        preferred["podAffinityTerm"]["labelSelector"]["matchLabels"],
        *(each["spec"]["selector"] for each in objects.all("Service")),
    ]


def _references(strategy: Object) -> list[tuple[str, str]]:
    """Kind and name of each object that a Rollout's strategy names."""
    if "blueGreen" in strategy:
        spec = strategy["blueGreen"]
        return [("Service", spec["activeService"]), ("Service", spec["previewService"])]
    spec = strategy["canary"]
    services = (spec["stableService"], spec["canaryService"], *spec["pingPong"].values())
    templates = [
        ("AnalysisTemplate", template["templateName"])
        for step in spec["steps"]
        for template in step.get("analysis", {}).get("templates", [])
    ]
    routing = spec["trafficRouting"]["alb"]
    return [
        *(("Service", name) for name in services),
        *templates,
        ("Ingress", routing["ingress"]),
        ("Service", routing["rootService"]),
    ]
