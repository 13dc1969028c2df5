"""From Python to JSON: what happens before the first stack and after the last."""

import errno
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

from stacks.bindings import load_on_demand
from stacks.settings import Platform, SettingsError
from stacks.summary import summary

if TYPE_CHECKING:
    from cdktf import App

NOTHING_WRITTEN = "Nothing was written."
# jsii's Node says it by this name, Python by its number.
DISK_FULL = "ENOSPC"
# Frames that say what a rule is, and not where it was broken.
RULES = "stacks/settings/"


def prepare() -> None:
    """Before any provider is imported: fast bindings, and refusals without a traceback."""
    load_on_demand()
    sys.excepthook = _tell


def finish(app: "App", platform: Platform) -> None:
    """Write all stacks and sum them up. Exits with 1 where a guardrail is broken."""
    try:
        app.synth()
    except RuntimeError as error:
        if DISK_FULL in str(error):
            # Without its manifest nobody takes the half that stands there for the whole.
            Path(app.outdir, "manifest.json").unlink(missing_ok=True)
        _refuse_broken_guardrails(error)
    scopes = ["account", *(environment.name for environment in platform.environments)]
    print(summary(Path(app.outdir), scopes=scopes))


def _refuse_broken_guardrails(error: RuntimeError) -> NoReturn:
    found = [line.strip() for line in str(error).splitlines() if line.strip().startswith("[")]
    if "Validation failed" not in str(error) or not found:
        raise error
    print("These stacks do what no stack may:", *found, sep="\n  ", file=sys.stderr)
    print(NOTHING_WRITTEN, file=sys.stderr)
    sys.exit(1)


def _tell(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if DISK_FULL in str(error) or getattr(error, "errno", None) == errno.ENOSPC:
        print(
            "No room is left on the disk of the output folder, or on that of the temporary files "
            "(TMPDIR). Make some, and run it again: what is written is not whole.",
            file=sys.stderr,
        )
        return
    if not isinstance(error, SettingsError):
        sys.__excepthook__(kind, error, trace)
        return
    root = Path(__file__).parent.parent
    places = [
        f"{Path(frame.filename).relative_to(root).as_posix()}:{frame.lineno}"
        for frame in traceback.extract_tb(trace)
        if Path(frame.filename).is_relative_to(root)
    ]
    places = [place for place in places if not place.startswith(RULES)]
    print(f"{places[-1] if places else 'settings'}: {error}\n{NOTHING_WRITTEN}", file=sys.stderr)
