"""The page of the clusters: one box for each application, as the difference has it."""

from review.difference import Change, Compared, Difference
from review.page.of_applications import page
from review.problem import Problem
from review.sources import NotRendered


def application(name, *, environment="dev", namespace="", file="", was=True, is_now=True, **more):
    return Compared(
        environment=environment,
        name=name,
        namespace=namespace or "api-services",
        file=file or f"environments/{environment}/services.yaml",
        was=was,
        is_now=is_now,
        objects=more.get("objects", 3),
        whole=more.get("whole", True),
    )


def change(application, what="changed", object="ConfigMap api-services/orders"):
    return Change(
        environment="dev", application=application, what=what, object=object, lines=("-a", "+b")
    )


def made(*applications, changes=(), problems=(), not_rendered=(), environments=("dev",)):
    found = Difference(
        environments=environments,
        applications=applications,
        changes=changes,
        problems=problems,
        not_rendered=not_rendered,
    )
    return page(found, repository="gitops", base="main", head="the working tree")


def boxes(found):
    [environment] = found.environments
    [own] = environment.maps
    return {box.name: box for box in own.boxes}


def test_every_application_is_a_box_with_its_changes():
    found = made(
        application("orders"),
        application("carts"),
        changes=(change("orders"), change("orders", "added", "Service api-services/orders")),
    )
    own = boxes(found)
    assert list(own) == ["carts", "orders"]
    assert own["carts"].entries == ()
    assert [(each.name, each.what, each.lines) for each in own["orders"].entries] == [
        ("ConfigMap api-services/orders", "changed", ("-a", "+b")),
        ("Service api-services/orders", "added", ("-a", "+b")),
    ]
    assert dict(found.counts) == {"changed": 1, "added": 1}


def test_applications_are_drawn_with_those_of_their_set_and_namespace():
    own = boxes(
        made(
            application("root", file="environments/dev", namespace="argocd"),
            application("platform", file="environments/dev/platform.yaml"),
            application("keda", file="environments/dev/addons.yaml", namespace="tribe-system"),
            application("dns", file="environments/dev/addons.yaml", namespace="tribe-system"),
            application("orders"),
            application("web", namespace="frontend-services"),
        )
    )
    assert {name: box.group for name, box in own.items()} == {
        "root": "",
        "platform": "Applications of their own",
        "keda": "addons in tribe-system",
        "dns": "addons in tribe-system",
        "orders": "services in api-services",
        "web": "services in frontend-services",
    }


def test_what_comes_and_goes_as_a_whole_is_said():
    own = boxes(made(application("new", was=False), application("old", is_now=False)))
    assert (own["new"].becomes, own["old"].becomes) == ("added", "removed")
    assert (own["new"].weightiest, own["old"].weightiest) == ("added", "removed")


def test_an_error_is_a_danger_and_a_warning_is_good_to_know():
    problems = tuple(
        Problem(
            rule=severity, message="is no field", severity=severity, path="spec.port",
            document="Service api-services/orders", file="charts/a.yaml", line=7,
            application="orders", environment="dev",
        )
        for severity in ("warning", "error")
    )  # fmt: skip
    found = made(application("orders"), problems=problems)
    assert [(each.severity, each.rule) for each in found.remarks] == [
        ("danger", "error"),
        ("notice", "warning"),
    ]
    [danger] = found.dangers
    assert danger.message == "spec.port: is no field"
    assert danger.place == "dev · orders · Service api-services/orders · charts/a.yaml:7"
    assert (danger.environment, danger.box, danger.entry) == (
        "dev",
        "orders",
        "Service api-services/orders",
    )


def test_what_was_not_rendered_is_said_once_and_in_its_box():
    missing = tuple(
        NotRendered(application="keda", repository="https://charts.example.com", chart="keda")
        for _ in range(3)
    )
    found = made(application("keda", whole=False), not_rendered=missing)
    assert len(found.unseen) == 1
    assert not boxes(found)["keda"].whole


def test_environments_stand_in_the_order_of_promotion():
    found = made(environments=("extra", "prod", "dev", "staging"))
    assert [each.name for each in found.environments] == ["dev", "staging", "prod", "extra"]
    assert [each.is_prod for each in found.environments] == [False, False, True, False]
