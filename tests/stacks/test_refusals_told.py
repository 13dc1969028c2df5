"""What a synthesis says when it ends badly: lines for people, and no traceback of ours."""

from pathlib import Path

import pytest

from tests.synthesis import ROOT, run

BEGIN = """
from stacks.synthesis import finish, prepare
prepare()
from dataclasses import replace
from stacks.environments import PLATFORM
from stacks.environments.dev import DEV
"""
SUBNET = """
from cdktf import App
from cdktf_cdktf_provider_aws.subnet import Subnet
from stacks.stack import EnvironmentStack
app = App()
stack = EnvironmentStack(app, DEV, noun="tried")
Subnet(stack, "open", vpc_id="vpc-1", cidr_block="10.0.0.0/24", map_public_ip_on_launch=True)
"""
FAULTY = """
class Faulty:
    def synth(self):
        raise RuntimeError("Node fell over")
"""


def ended(body: str, *, into: Path) -> tuple[int, list[str]]:
    """Exit code, and what was said."""
    process = run("-c", f"{BEGIN}{body}", into=into)
    return process.returncode, process.stderr.splitlines()


def test_a_broken_guardrail_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    code, said = ended(f"{SUBNET}\nfinish(app, PLATFORM)", into=tmp_path)
    assert code == 1
    assert said[0] == "These stacks do what no stack may:"
    [line] = said[1:-1]
    assert "aws_subnet.open gives public addresses" in line
    assert said[-1] == "Nothing was written."
    assert not (tmp_path / "manifest.json").exists()


REFUSED = "replace(DEV, key_deletion_days=3)"
IN_A_FILE = f"exec(compile({chr(10) * 6 + REFUSED!r}, {str(ROOT / 'main.py')!r}, 'exec'))"


@pytest.mark.parametrize(("body", "place"), [(REFUSED, "settings"), (IN_A_FILE, "main.py:7")])
def test_a_refused_setting_is_one_line_with_its_place(
    body: str, place: str, tmp_path: Path
) -> None:
    code, said = ended(body, into=tmp_path)
    assert code == 1
    assert said == [
        f"{place}: Environment.key_deletion_days: is 3. KMS takes 7 to 30.",
        "Nothing was written.",
    ]


@pytest.mark.parametrize(
    ("body", "last"),
    [
        (f"{FAULTY}\nfinish(Faulty(), PLATFORM)", "RuntimeError: Node fell over"),
        ("raise KeyError('ours')", "KeyError: 'ours'"),
    ],
)
def test_whatever_else_goes_wrong_keeps_its_traceback(body: str, last: str, tmp_path: Path) -> None:
    code, said = ended(body, into=tmp_path)
    assert code == 1
    assert "Traceback (most recent call last):" in said
    assert said[-1] == last
