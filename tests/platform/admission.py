"""The API server's part in a ValidatingAdmissionPolicy: who is looked at, and what CEL says of it.

The expressions run in Google's own CEL. What Kubernetes adds to it, no policy here uses.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from cel_expr_python import cel

from tests.platform.rendering import Content, Documents

RESOURCES = {
    "Pod": "pods",
    "Ingress": "ingresses",
    "NetworkPolicy": "networkpolicies",
    "ExternalSecret": "externalsecrets",
}
ENVIRONMENT = cel.NewEnv(variables={"object": cel.Type.DYN, "variables": cel.Type.DYN})


def refusals(documents: Documents, given: Mapping[str, Any]) -> list[str]:
    """The messages with which the bound policies refuse `given`; none if it is admitted."""
    return [
        message
        for binding in documents.of("ValidatingAdmissionPolicyBinding")
        if _selects(binding, given) and "Deny" in binding["spec"]["validationActions"]
        for message in _judge(
            documents.named("ValidatingAdmissionPolicy", binding["spec"]["policyName"]), given
        )
    ]


def _selects(binding: Content, given: Mapping[str, Any]) -> bool:
    (expression,) = binding["spec"]["matchResources"]["namespaceSelector"]["matchExpressions"]
    assert (expression["key"], expression["operator"]) == ("kubernetes.io/metadata.name", "In")
    return given["metadata"]["namespace"] in expression["values"]


def _judge(policy: Content, given: Mapping[str, Any]) -> Iterator[str]:
    spec = policy["spec"]
    assert spec["failurePolicy"] == "Fail"
    if not any(_matches(rule, given) for rule in spec["matchConstraints"]["resourceRules"]):
        return
    data: dict[str, Any] = {"object": given, "variables": {}}
    if not all(_true(each["expression"], data) for each in spec.get("matchConditions", ())):
        return
    for variable in spec.get("variables", ()):
        data["variables"][variable["name"]] = _value(variable["expression"], data).plain_value()
    for validation in spec["validations"]:
        if not _true(validation["expression"], data):
            told = validation.get("messageExpression")
            yield str(_value(told, data).plain_value()) if told else validation["message"]


def _matches(rule: Mapping[str, Any], given: Mapping[str, Any]) -> bool:
    group, _, version = given["apiVersion"].rpartition("/")
    return (
        group in rule["apiGroups"]
        and (version in rule["apiVersions"] or rule["apiVersions"] == ["*"])
        and RESOURCES[given["kind"]] in rule["resources"]
        and {"CREATE", "UPDATE"} <= set(rule["operations"])
    )


def _true(expression: str, data: Mapping[str, Any]) -> bool:
    """An expression that ends in an error refuses, as failurePolicy Fail says."""
    value = _value(expression, data)
    return value.type() == cel.Type.BOOL and value.plain_value() is True


def _value(expression: str, data: Mapping[str, Any]) -> cel.Value:
    return ENVIRONMENT.compile(expression).eval(data=data)
