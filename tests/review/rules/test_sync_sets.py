"""What an ApplicationSet of prod may do, in every wrong way; and a sync that is tried once."""

import pytest

from review.rules.sync import check
from tests.review.rules.given import objects, said

SET = """
apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: {name: services}
spec: {syncPolicy: {%spreserveResourcesOnDeletion: true}}
"""
RETRY = {"syncPolicy": {"retry": {"limit": 5}}}


@pytest.mark.parametrize("written", ["", "create-delete", "create-only", "sync", "Create-Update"])
def test_whatever_is_not_create_update_is_an_error(written: str):
    policy = f"applicationsSync: {written}, " if written else ""
    there = objects(SET % policy, environment="prod", application=RETRY)
    assert said(check(there)) == [
        (
            "error",
            "spec.syncPolicy.applicationsSync",
            "must be create-update: else a file that goes takes its workloads along.",
        )
    ]


def test_a_sync_that_is_tried_once_is_a_warning():
    there = objects(environment="prod", application={"syncPolicy": {}})
    assert said(check(there)) == [
        ("warning", "spec.syncPolicy.retry", "is missing: one failed call ends the sync.")
    ]
