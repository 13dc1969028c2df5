"""DNS delegation: whether the world finds a zone's name servers by way of its parent."""

import time
from collections.abc import Callable, Sequence

import dns.exception
import dns.resolver

INTERVAL_SECONDS = 15
PATIENCE_SECONDS = 30 * 60


class NotDelegatedError(Exception):
    """The parent zone does not name the zone's servers yet; the message says what to do."""


def records(zone: str, name_servers: Sequence[str]) -> str:
    """The NS records that the parent zone needs, as a zone file has them."""
    return "\n".join(
        f"{zone}.  300  IN  NS  {server.rstrip('.')}." for server in sorted(name_servers)
    )


def is_delegated(
    zone: str, name_servers: Sequence[str], *, resolver: dns.resolver.Resolver
) -> bool:
    """Whether `zone` resolves to exactly these name servers."""
    try:
        answer = resolver.resolve(f"{zone}.", "NS", lifetime=5)
    except dns.exception.DNSException:
        return False
    found = {str(each.target).rstrip(".").lower() for each in answer}
    return found == {server.rstrip(".").lower() for server in name_servers}


def wait_for_delegation(
    zone: str,
    name_servers: Sequence[str],
    *,
    resolver: dns.resolver.Resolver,
    say: Callable[[str], None],
    patience: float = PATIENCE_SECONDS,
    interval: float = INTERVAL_SECONDS,
) -> None:
    """Say what the parent zone needs and wait `patience` seconds. Raises: NotDelegatedError.

    Without the delegation, the certificate's validation would hang for over an hour and then fail.
    """
    if is_delegated(zone, name_servers, resolver=resolver):
        say(f"{zone} is delegated.")
        return
    say(f"Put these records into the parent zone of {zone}:\n\n{records(zone, name_servers)}\n")
    say(f"Waiting for them, up to {patience / 60:.0f} min (stop and run again as you like) …")
    end = time.monotonic() + patience
    while time.monotonic() < end:
        time.sleep(interval)
        if is_delegated(zone, name_servers, resolver=resolver):
            say(f"{zone} is delegated.")
            return
    raise NotDelegatedError(
        f"{zone} is not delegated after {patience / 60:.0f} min. Put the records above into its "
        "parent zone and run `make bootstrap` again: it goes on from here."
    )
