"""Images are pinned: somehow in dev, by digest after it, and a tag means one image."""

import pytest

from review.rules.images import check, check_files, parse
from review.rules.services import Image, Service
from tests.review.rules.given import objects, workload

A, B = f"sha256:{'a' * 64}", f"sha256:{'b' * 64}"


@pytest.mark.parametrize(
    ("image", "tag", "digest"),
    [
        ("nginx", "", ""),
        ("nginx:1.29", "1.29", ""),
        ("host:5000/nginx", "", ""),
        ("host:5000/a/nginx:1.29", "1.29", ""),
        (f"host:5000/nginx@{A}", "", A),
        (f"host:5000/nginx:1.29@{A}", "1.29", A),
    ],
)
def test_an_images_name_is_taken_apart(image: str, tag: str, digest: str):
    assert (parse(image).tag, parse(image).digest) == (tag, digest)


def running(image: str) -> str:
    return workload(container=f"\n        - {{name: main, image: {image}}}\n")


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
@pytest.mark.parametrize(("image", "says"), [("a", "neither tag"), ("a:latest", '"latest"')])
def test_nothing_runs_unnamed_anywhere(image: str, says: str, environment: str):
    for own in (True, False):
        (problem,) = check(objects(running(image), environment=environment, own=own))
        assert says in problem.message
        assert problem.path == "spec.template.spec.containers[0].image"


@pytest.mark.parametrize(
    ("environment", "own", "number"),
    [("dev", True, 0), ("staging", True, 1), ("prod", True, 1), ("prod", False, 0)],
)
def test_after_dev_our_own_need_a_digest(environment: str, own: bool, number: int):
    found = list(check(objects(running("a:1.0.0"), environment=environment, own=own)))
    assert len(found) == number
    assert list(check(objects(running(f"a@{A}"), environment=environment, own=own))) == []


def image(environment: str, *, tag: str = "1.0.0", digest: str = A, name: str = "orders") -> Image:
    return Image(
        file=f"services/shop/orders/{environment}/image.yaml",
        repository=f"registry/{name}",
        tag=tag,
        digest=digest,
    )


def service(**images: Image) -> Service:
    return Service(namespace="shop", name="orders", images=images)


def test_a_files_image_is_judged_though_its_chart_refuses_it():
    (problem,) = check_files([service(prod=image("prod", tag="latest", digest=""))])
    assert (problem.file, problem.environment, problem.severity) == (
        "services/shop/orders/prod/image.yaml",
        "prod",
        "error",
    )


def test_a_moved_tag_is_a_warning():
    moved = service(dev=image("dev"), staging=image("staging", digest=B))
    (problem,) = check_files([moved])
    assert (problem.rule, problem.severity) == ("moved-tag", "warning")
    assert A in problem.message
    assert B in problem.message


@pytest.mark.parametrize(
    "other",
    [
        image("staging"),
        image("staging", tag="2.0.0", digest=B),
        image("staging", name="cart", digest=B),
    ],
)
def test_the_same_image_another_version_or_another_repository_is_quiet(other: Image):
    assert list(check_files([service(dev=image("dev"), staging=other)])) == []
    assert list(check_files([service(dev=image("dev", digest=""), staging=image("staging"))])) == []
