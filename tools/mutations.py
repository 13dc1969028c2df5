"""`python -m tools.mutations` puts a fault into one rule after the other, and asks its test.

Each fault goes into a copy of the project in a temporary folder; the project itself is not touched.
First the tests run on a copy as it is: one that fails anyway, or is skipped, would catch nothing.
Writes docs/mutations.md where every fault is caught, and ends with 1 where one survives.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import takewhile
from pathlib import Path
from xml.etree import ElementTree

from tools.mutation_catalogue import CATALOGUE, Mutation

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "mutations.md"
# What the tests call, and git does not hold.
MADE = (".tools", ".venv", "node_modules")
AT_ONCE = 2
SECONDS = 300

HEAD = """# Mutations

A test that has never failed has shown nothing. Here a fault is put into one rule after the other,
by hand, each in a copy of the project; then the test that stands for the rule runs, and must fail.

`make mutate` does so, and writes this page when every fault is caught.

| the rule | the fault | caught by |
| --- | --- | --- |
"""


class NotApplicable(Exception):
    """The catalogue does not fit the code, or its tests do not pass without any fault."""


def mutated(text: str, mutation: Mutation) -> str:
    """Raises: NotApplicable where the rule's text is not there, or not once."""
    found = text.count(mutation.text)
    if found != 1:
        raise NotApplicable(
            f"{mutation.file}: {mutation.text.strip()!r} stands there {found} times, not once. "
            "Bring tools/mutation_catalogue.py up to date."
        )
    return text.replace(mutation.text, mutation.mutated)


def page(catalogue: Sequence[Mutation]) -> str:
    """The page that says what was caught by what."""
    return HEAD + "".join(
        f"| {each.rule} | `{_place(each.file)}`: {_fault(each)} | `{each.caught_by}` |\n"
        for each in catalogue
    )


def outcomes(report: Path) -> Counter[str]:
    """How many tests ended how: `failed`, `broken` outside of the test itself, `skipped`, `passed`.

    report: JUnit's XML, as pytest writes it; without it, no test ran.
    """
    if not report.is_file():
        return Counter()
    ends = {"failure": "failed", "error": "broken", "skipped": "skipped"}
    return Counter(
        next((ends[part.tag] for part in case if part.tag in ends), "passed")
        for case in ElementTree.parse(report).iter("testcase")
    )


def survived(mutation: Mutation) -> bool:
    """Whether its test passes in spite of the fault. Raises: NotApplicable."""
    with tempfile.TemporaryDirectory(prefix="tribe-mutation-") as temporary:
        copy = Path(temporary, "copy")
        _copy(copy)
        file = copy / mutation.file
        file.write_text(mutated(file.read_text(), mutation))
        ended, said = _ask(copy, mutation.caught_by)
    if ended["broken"] or not ended.keys() & {"failed", "passed"}:
        raise NotApplicable(f"{mutation.rule}: the test could not run.\n{said}")
    return not ended["failed"]


def check_untouched(catalogue: Sequence[Mutation]) -> None:
    """Raises: NotApplicable where a test of the catalogue does not pass on the project as it is."""
    with tempfile.TemporaryDirectory(prefix="tribe-mutation-") as temporary:
        copy = Path(temporary, "copy")
        _copy(copy)
        ended, said = _ask(copy, *dict.fromkeys(each.caught_by for each in catalogue))
    if not ended["passed"] or ended["failed"] + ended["broken"] + ended["skipped"]:
        raise NotApplicable(f"Without any fault the tests must pass, and none be skipped.\n{said}")


def _copy(folder: Path) -> None:
    """What git holds, and what it would take in, as it stands now."""
    listed = subprocess.run(
        ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name, follow_symlinks=False)
    for name in MADE:
        if (ROOT / name).is_dir():
            (folder / name).symlink_to(ROOT / name, target_is_directory=True)


def _ask(copy: Path, *tests: str) -> tuple[Counter[str], str]:
    """Run tests in the copy. Returns how they ended, and what they said last."""
    report = copy.with_name("report.xml")
    asked = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider"),
            *(f"--junitxml={report}", f"--basetemp={copy.with_name('kept')}", *tests),
        ],
        cwd=copy,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    return outcomes(report), f"{asked.stdout[-2000:]}{asked.stderr[-2000:]}"


def _place(file: str) -> str:
    return file.replace("gitops-template/repository/@{staging(cookiecutter)}@", "gitops-template/…")


def _fault(mutation: Mutation) -> str:
    """The first line that differs, before and after."""
    old, new = mutation.text.splitlines(), mutation.mutated.splitlines()
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    was, becomes = (lines[same].strip() if same < len(lines) else "" for lines in (old, new))
    told = [f"`{each}`".replace("|", "\\|") if each else "nothing" for each in (was, becomes)]
    return " → ".join(told)


def main() -> int:
    try:
        check_untouched(CATALOGUE)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            alive = []
            for mutation, lives in zip(CATALOGUE, pool.map(survived, CATALOGUE), strict=True):
                print(f"{'SURVIVED' if lives else 'caught':9} {mutation.rule}", flush=True)
                alive += [mutation] if lives else []
    except NotApplicable as error:
        print(error, file=sys.stderr)
        return 2
    for mutation in alive:
        mend = f"Make {mutation.caught_by} fail with it, or name the test that does."
        print(f"{mutation.file}: the fault in {mutation.rule!r} is seen by nobody. {mend}")
    if not alive:
        PAGE.write_text(page(CATALOGUE))
    print(f"{len(CATALOGUE) - len(alive)} of {len(CATALOGUE)} faults are caught.")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
