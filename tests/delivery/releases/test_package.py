"""What is installed in a GitOps repository's pipelines stands by itself."""

from tests.stacks.imports import importing, outside


def test_it_imports_nothing_of_the_platform_but_the_review() -> None:
    assert outside("delivery.releases", "delivery.releases", "review", "click", "yaml") == []


def test_it_does_import_what_the_test_above_would_see() -> None:
    assert importing("delivery.releases", "yaml", "click", "review.could_not_run")
