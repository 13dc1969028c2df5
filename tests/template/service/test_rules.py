"""Names by property, and that the template and the chart take the same for one."""

import re
import sys

from hypothesis import given
from hypothesis import strategies as st

from delivery.stack_folder import ROOT
from review.helm import ChartError
from tests.service.chart import render, service

sys.path += [str(ROOT / "gitops-template"), str(ROOT / "gitops-template" / "service")]

from service_rules import LONGEST, SUFFIXES, service_name_fault

NAMES = st.from_regex(r"[a-z]([a-z0-9-]{0,34}[a-z0-9])?", fullmatch=True)
NEAR_NAMES = st.text(alphabet="abcz019-_./\n éA{}", max_size=LONGEST + 3)


@given(st.one_of(st.text(), NEAR_NAMES, NAMES))
def test_whatever_is_taken_for_a_name_makes_names_that_kubernetes_takes(text: str):
    if service_name_fault(text) is None:
        for suffix in ("", *SUFFIXES):
            assert re.fullmatch(r"[a-z]([a-z0-9-]{0,61}[a-z0-9])?", text + suffix, re.ASCII)


@given(st.one_of(NEAR_NAMES, NAMES))
def test_the_chart_takes_every_name_that_the_template_takes(text: str):
    if service_name_fault(text) is None:
        assert render(service(name=text)).workload["metadata"]["name"] == text


@given(NEAR_NAMES)
def test_the_chart_takes_no_name_that_is_none(text: str):
    if not re.fullmatch(r"[a-z]([a-z0-9-]{0,34}[a-z0-9])?", text, re.ASCII):
        try:
            render(service(name=text))
        except ChartError:
            return
        raise AssertionError(f"{text!r} was rendered")
