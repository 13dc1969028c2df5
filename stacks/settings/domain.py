"""The public name of one environment, and what guards it."""

import re
from typing import Literal

from .schema import refuse, settings

# The longest first name of a certificate
# (https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html).
LONGEST_NAME = 64

LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"


@settings
class Domain:
    """Where an environment is found: `<name>`, `api.<name>`, `monitoring.<name>`.

    zone: the Route 53 hosted zone that holds the name, the same name or a parent of it.
    zone_is: "made" by the edge stack, or "looked-up" where it exists already.
    requests_per_five_minutes: the most that one address may send before the WAF blocks it.
    """

    name: str
    zone: str
    zone_is: Literal["made", "looked-up"]
    requests_per_five_minutes: int = 2000

    def __post_init__(self) -> None:
        for field, value in (("name", self.name), ("zone", self.zone)):
            if not value:
                refuse(self, field, "is empty.", 'Write a domain such as "dev.tribe.example.com".')
            if "*" in value:
                mend = f'Write "{value.removeprefix("*.")}": its subdomains are covered.'
                refuse(self, field, f"{value!r} is a wildcard.", mend)
            if len(value) > 200 or not re.fullmatch(rf"{LABEL}(\.{LABEL})+", value):
                mend = "Write lower case labels of letters, digits and dashes, without a final dot."
                refuse(self, field, f"{value!r} is not a domain name.", mend)
        if len(self.name) > LONGEST_NAME:
            mend = (
                f"Write at most {LONGEST_NAME} letters: ACM takes no longer name for a certificate."
            )
            refuse(self, "name", f"{self.name} has {len(self.name)} letters.", mend)
        if self.name != self.zone and not self.name.endswith(f".{self.zone}"):
            mend = f'Write a zone that holds it, such as "{self.name}".'
            refuse(self, "zone", f"{self.zone} does not hold {self.name}.", mend)
        # WAF's own limits: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-rate-based.html
        if not 10 <= self.requests_per_five_minutes <= 2_000_000_000:
            problem = f"is {self.requests_per_five_minutes}."
            refuse(self, "requests_per_five_minutes", problem, "Write 10 or more, such as 2000.")
