"""Delegation, asked of a real DNS server on this machine."""

import pytest

from delivery.delegation import NotDelegatedError, is_delegated, records, wait_for_delegation
from tests.delivery.parent_zone import ParentZone

ZONE = "dev.tribe.example.com"
SERVERS = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net"]


@pytest.fixture
def parent():
    made = []

    def make(*, servers, after=0):
        made.append(ParentZone(ZONE, servers=lambda: servers, after=after))
        return made[-1]

    yield make
    for each in made:
        each.close()


def test_a_zone_whose_parent_names_its_servers_is_delegated(parent):
    resolver = parent(servers=SERVERS).resolver()
    assert is_delegated(ZONE, [name.upper() + "." for name in SERVERS], resolver=resolver) is True


@pytest.mark.parametrize("servers", [[], SERVERS[:1], [*SERVERS, "ns-3.example.org"]])
def test_a_zone_whose_parent_names_other_servers_is_not_delegated(parent, servers):
    resolver = parent(servers=servers).resolver()
    assert is_delegated(ZONE, SERVERS, resolver=resolver) is False


def test_waiting_prints_the_records_and_ends_when_they_are_found(parent):
    server, said = parent(servers=SERVERS, after=2), []
    wait_for_delegation(
        ZONE, SERVERS, resolver=server.resolver(), say=said.append, patience=30, interval=0.01
    )
    assert records(ZONE, SERVERS) in said[0]
    assert said[-1] == f"{ZONE} is delegated."
    assert server.asked == 3


def test_waiting_ends_with_the_mend_when_patience_does(parent):
    resolver = parent(servers=[]).resolver()
    with pytest.raises(NotDelegatedError, match="run `make bootstrap` again"):
        wait_for_delegation(
            ZONE, SERVERS, resolver=resolver, say=lambda _: None, patience=0.05, interval=0.01
        )
