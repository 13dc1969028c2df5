"""Names, by property: whatever is taken for one is a name everywhere, and every refusal helps."""

import re
import string
import sys

from hypothesis import given
from hypothesis import strategies as st

from delivery.stack_folder import ROOT

sys.path.append(str(ROOT / "gitops-template"))

from scaffolding.names import github_fault, name_fault

LONGEST = 36
NAME_LETTERS = string.ascii_lowercase + string.digits + "-"
# Text that is nearly a name, as well as any text at all.
LOOK_ALIKES = "\N{CYRILLIC SMALL LETTER A}\N{FULLWIDTH LATIN SMALL LETTER A}\N{KELVIN SIGN}é"
NEAR_NAMES = st.text(alphabet=NAME_LETTERS + "_./\n A{}@%" + LOOK_ALIKES, max_size=LONGEST + 4)


@given(st.one_of(st.text(), NEAR_NAMES))
def test_what_is_accepted_is_a_dns_label_that_begins_with_a_letter(text: str):
    if name_fault(text, longest=LONGEST) is None:
        assert re.fullmatch(r"[a-z]([a-z0-9-]*[a-z0-9])?", text, re.ASCII)
        assert len(text) <= LONGEST
        assert text.isascii()
        assert text == text.strip()
        assert not text.startswith("kube-")


@given(st.from_regex(r"[a-z]([a-z0-9-]{0,34}[a-z0-9])?", fullmatch=True))
def test_a_dns_label_is_refused_only_where_it_is_reserved(text: str):
    fault = name_fault(text, longest=LONGEST)
    assert fault is None or "is reserved" in fault


@given(st.one_of(st.text(), NEAR_NAMES))
def test_a_suggestion_is_itself_accepted(text: str):
    fault = name_fault(text, longest=LONGEST)
    suggested = re.search(r"Did you mean '(.+)'\?", fault or "")
    if suggested:
        assert name_fault(suggested[1], longest=LONGEST) is None


@given(st.text())
def test_a_refusal_is_one_printable_line_that_ends_in_the_mend(text: str):
    for fault in (name_fault(text, longest=LONGEST), github_fault(text)):
        if fault is not None:
            assert fault.isprintable()
            assert re.search(r"(Write .+\.|Did you mean .+\?)$", fault)


@given(st.one_of(st.text(), NEAR_NAMES))
def test_what_is_accepted_as_a_team_cannot_end_a_line_or_begin_another(text: str):
    if github_fault(text) is None:
        assert set(text) <= set(NAME_LETTERS)
