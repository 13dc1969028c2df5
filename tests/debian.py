"""promtool and amtool: out of Debian's packages, without installing them.

Neither has a wheel. Debian's packages are fetched with a package list of our own, so that any user
can and nothing on the machine changes.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGES = ("prometheus", "prometheus-alertmanager")
SECONDS = 180


def binaries(folder: Path) -> Path:
    """The folder with promtool and amtool, fetched into `folder` once. Skips where apt cannot."""
    there = folder / "debian"
    if there.is_dir():
        return there / "usr" / "bin"
    own = folder / f"debian-{os.getpid()}"
    try:
        _fetch(own)
    except (OSError, subprocess.SubprocessError) as error:
        pytest.skip(
            f"apt gives no {' and '.join(PACKAGES)}: rules and routes are not run ({error})"
        )
    try:
        own.rename(there)
    except OSError:  # another worker was faster
        shutil.rmtree(own)
    return there / "usr" / "bin"


def _fetch(folder: Path) -> None:
    for name in ("lists/partial", "archives/partial", "packages"):
        (folder / name).mkdir(parents=True)
    settings = folder / "apt.conf"
    settings.write_text(
        f'Dir::State "{folder}";\n'
        f'Dir::State::Lists "{folder}/lists";\n'
        'Dir::State::status "/var/lib/dpkg/status";\n'
        f'Dir::Cache "{folder}";\n'
    )
    environment = {**os.environ, "APT_CONFIG": str(settings)}
    packages = folder / "packages"
    for command in (("update", "-qq"), ("download", "-qq", *PACKAGES)):
        subprocess.run(
            ("apt-get", *command),
            cwd=packages, env=environment, check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
    for package in packages.glob("*.deb"):
        subprocess.run(
            ("dpkg-deb", "-x", str(package), str(folder)),
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
