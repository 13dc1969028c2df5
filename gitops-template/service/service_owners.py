"""A service's line in CODEOWNERS, among the other services'."""

import re
from pathlib import Path

from scaffolding.staging import SUFFIX

HEADING = "# Services"


def with_owner(text: str, *, folder: str, owner: str) -> str:
    """The text of CODEOWNERS with the service's line in it, once, in order.

    The lines after the services' overrule them, so no line goes to the end.
    """
    line = f"/{folder}/  {owner}"
    lines = [each for each in text.splitlines() if not each.startswith(f"/{folder}/ ")]
    services = [at for at, each in enumerate(lines) if re.match(r"/services/[a-z]", each)]
    before = [at for at in services if lines[at] < line]
    headings = [at for at, each in enumerate(lines) if each.startswith(HEADING)]
    if before:
        at = before[-1] + 1
    elif services:
        at = services[0]
    else:
        at = headings[0] + 1 if headings else len(lines)
    return "\n".join([*lines[:at], line, *lines[at:]]) + "\n"


def write_in_one_step(file: Path, text: str) -> None:
    """Put `text` into `file` whole or not at all."""
    draft = file.with_name(f".{file.name}{SUFFIX}")
    try:
        draft.write_text(text)
        draft.chmod(file.stat().st_mode & 0o777)
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
