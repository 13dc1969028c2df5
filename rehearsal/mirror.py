"""Provider mirrors on this machine's disk: where they may be, and which versions they hold.

A mirror is a folder with `registry.terraform.io/hashicorp/aws/…` in it, unpacked
(`<version>/<platform>/`) or packed (`terraform-provider-aws_<version>_<platform>.zip`):
https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
"""

import os
import platform
import re
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

VARIABLE = "TRIBE_PROVIDER_MIRROR"
PROVIDER = Path("registry.terraform.io", "hashicorp", "aws")
SEARCH_SECONDS = 20

_MACHINES = {"x86_64": "amd64", "amd64": "amd64", "aarch64": "arm64", "arm64": "arm64"}
_UNSEARCHED = {"/proc", "/sys", "/dev", "/run"}
_UNSEARCHED_NAMES = {"node_modules", ".git", ".terraform", "site-packages"}


def this_platform() -> str:
    """Terraform's name for this machine, `linux_amd64` for one."""
    machine = platform.machine().lower()
    return f"{sys.platform}_{_MACHINES.get(machine, machine)}"


def versions(mirror: Path) -> list[str]:
    """The versions of the AWS provider that `mirror` holds for this machine."""
    folder = mirror / PROVIDER
    if not os.access(folder, os.R_OK):
        return []
    unpacked = {path.parent.name for path in folder.glob(f"*/{this_platform()}") if path.is_dir()}
    pattern = re.compile(rf"terraform-provider-aws_(\d[^_]*)_{this_platform()}\.zip")
    packed = {match[1] for path in folder.glob("*.zip") if (match := pattern.fullmatch(path.name))}
    return sorted(unpacked | packed, key=ordered)


def nearest(found: list[str], *, pinned: str) -> str:
    """The version to use where the pinned one is not: the newest below it, else the oldest."""
    below = [version for version in found if ordered(version) <= ordered(pinned)]
    return max(below, key=ordered) if below else min(found, key=ordered)


def ordered(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def own_cache(environment: Mapping[str, str]) -> Path:
    """Where the rehearsal keeps a provider that it had to download."""
    caches = environment.get("XDG_CACHE_HOME") or Path(environment.get("HOME", "~"), ".cache")
    return Path(caches, "tribe", "terraform-providers").expanduser()


def usual_places(environment: Mapping[str, str]) -> Iterator[Path]:
    """Where Terraform itself would look, and what its settings on this machine name.

    https://developer.hashicorp.com/terraform/cli/config/config-file (implied local mirrors)
    """
    home = Path(environment.get("HOME", "~")).expanduser()
    settings = Path(environment.get("TF_CLI_CONFIG_FILE") or home / ".terraformrc")
    if settings.is_file():
        mirrors = re.findall(
            r'filesystem_mirror\s*\{[^}]*?path\s*=\s*"([^"]+)"', settings.read_text()
        )
        yield from (Path(each).expanduser() for each in mirrors)
    if cache := environment.get("TF_PLUGIN_CACHE_DIR"):
        yield Path(cache)
    yield own_cache(environment)
    yield home / ".terraform.d" / "plugins"
    data = environment.get("XDG_DATA_HOME") or str(home / ".local" / "share")
    shared = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (data, *shared.split(":")):
        yield Path(folder, "terraform", "plugins")
    yield home / "Library" / "Application Support" / "io.terraform" / "plugins"
    yield Path("/Library/Application Support/io.terraform/plugins")


def search(root: Path = Path("/"), *, seconds: float = SEARCH_SECONDS) -> Path | None:
    """The mirror nearest to `root` on its file system, as far as a search of `seconds` gets."""
    deadline = time.monotonic() + seconds
    device = root.stat().st_dev
    # Level by level, because people put mirrors near the top.
    level = [root]
    while level:
        below: list[Path] = []
        for folder in level:
            if time.monotonic() > deadline:
                return None
            if versions(folder):
                return folder
            below.extend(_folders(folder, device=device))
        level = below
    return None


def _folders(folder: Path, *, device: int) -> Iterator[Path]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        return
    for entry in entries:
        if entry.path in _UNSEARCHED or entry.name in _UNSEARCHED_NAMES:
            continue
        try:
            if (
                entry.is_dir(follow_symlinks=False)
                and entry.stat(follow_symlinks=False).st_dev == device
            ):
                yield Path(entry.path)
        except OSError:
            continue
