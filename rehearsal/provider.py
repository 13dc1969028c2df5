"""The real AWS provider: where it can be had, and its installation for one rehearsal."""

import contextlib
import functools
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from delivery.terraform import Terraform, TerraformFailed
from rehearsal import mirror
from rehearsal.schema import Schema

DOWNLOAD_SECONDS = 300
"""Packed, the provider has some 150 MB."""

INSTALL_SECONDS = 60
SCHEMA_SECONDS = 60

LOCK = ".terraform.lock.hcl"
SETTINGS = "terraform.rc"


class ProviderMissing(Exception):
    """No version of the AWS provider can be had on this machine."""


@dataclass(frozen=True, kw_only=True)
class Provider:
    """The AWS provider that was installed, and the version that the stacks pin."""

    version: str
    pinned: str
    origin: str
    """Where it came from, in words for people."""
    folder: Path
    """Where it is installed, with its lock file."""

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which Terraform uses it."""
        return _isolated(self.folder)

    def schema(self) -> Schema:
        """What this version knows."""
        terraform = Terraform(environment=self.environment)
        text = terraform.run(
            "providers", "schema", "-json", folder=self.folder, seconds=SCHEMA_SECONDS
        )
        return Schema.parse(text)


def install_provider(
    *, pinned: str, folder: Path, environment: Mapping[str, str] = os.environ
) -> Provider:
    """Install the AWS provider into `folder`: the pinned version, else the nearest to be had.

    It is looked for in the folder that TRIBE_PROVIDER_MIRROR names, and only there where it is
    set; else in mirrors at Terraform's own places, the way this machine's Terraform is set up
    (the registry, where nothing else is said), and last anywhere on the disk.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if named := environment.get(mirror.VARIABLE):
        if not mirror.versions(Path(named)):
            raise ProviderMissing(
                f"{mirror.VARIABLE} is {named}, and no {mirror.PROVIDER} for "
                f"{mirror.this_platform()} is in that folder. Name the folder that has "
                "registry.terraform.io in it."
            )
        return _install_from(Path(named), pinned=pinned, folder=folder)

    usual = [place for place in mirror.usual_places(environment) if mirror.versions(place)]
    for place in usual:
        if pinned in mirror.versions(place):
            return _install_from(place, pinned=pinned, folder=folder)
    try:
        return _install_as_set_up(pinned=pinned, folder=folder, environment=environment)
    except TerraformFailed as failure:
        reason = failure.reason
    if place := (usual[0] if usual else _searched()):
        return _install_from(place, pinned=pinned, folder=folder)
    raise ProviderMissing(
        f"Terraform's AWS provider {pinned} cannot be had: `terraform init` {reason}, and no "
        "mirror of it is on this machine. Give this machine a way to the Terraform registry, or "
        f"name a provider mirror in {mirror.VARIABLE}."
    )


def _install_from(place: Path, *, pinned: str, folder: Path) -> Provider:
    found = mirror.versions(place)
    version = pinned if pinned in found else mirror.nearest(found, pinned=pinned)
    (folder / SETTINGS).write_text(
        "provider_installation {\n"
        f"  filesystem_mirror {{\n    path = {json.dumps(str(place))}\n  }}\n"
        "}\n"
    )
    _init(version, folder=folder, environment=_isolated(folder), seconds=INSTALL_SECONDS)
    return Provider(version=version, pinned=pinned, origin=f"the mirror {place}", folder=folder)


def _install_as_set_up(*, pinned: str, folder: Path, environment: Mapping[str, str]) -> Provider:
    (folder / SETTINGS).write_text("")
    cache = mirror.own_cache(environment)
    try:
        cache.mkdir(parents=True, exist_ok=True)
    except OSError:
        cache = folder  # A home that cannot be written to: then every run downloads anew.
    defaults = {"TF_PLUGIN_CACHE_DIR": str(cache), "TF_REGISTRY_DISCOVERY_RETRY": "0"}
    ours = {
        "TF_DATA_DIR": str(folder / "data"),
        # Without it Terraform downloads again what its cache holds: there is no lock file yet.
        "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "1",
    }
    merged = {**defaults, **environment, **ours}
    try:
        _init(pinned, folder=folder, environment=merged, seconds=DOWNLOAD_SECONDS)
    except TerraformFailed:
        with contextlib.suppress(OSError):  # It stays where something is in it.
            cache.rmdir()
            cache.parent.rmdir()
        raise
    origin = "where Terraform is set up to find it"
    return Provider(version=pinned, pinned=pinned, origin=origin, folder=folder)


def _init(version: str, *, folder: Path, environment: Mapping[str, str], seconds: float) -> None:
    required = {"aws": {"source": "hashicorp/aws", "version": version}}
    document = {"terraform": {"required_providers": required}}
    (folder / "main.tf.json").write_text(json.dumps(document))
    (folder / LOCK).unlink(missing_ok=True)
    Terraform(environment=environment).run(
        "init", "-input=false", "-no-color", folder=folder, seconds=seconds
    )


def _isolated(folder: Path) -> dict[str, str]:
    """This process's environment, without its settings, credentials and proxies for AWS calls."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("TF_", "AWS_")) and not name.lower().endswith("_proxy")
    }
    return {
        **kept,
        "TF_CLI_CONFIG_FILE": str(folder / SETTINGS),
        "TF_DATA_DIR": str(folder / "data"),
        "TF_IN_AUTOMATION": "1",
        "CHECKPOINT_DISABLE": "1",
        # A third of a command's processor time is Go collecting garbage while the provider's large
        # schema is read. Collecting a quarter as often takes 50 MB more.
        "GOGC": "400",
    }


@functools.cache
def _searched() -> Path | None:
    return mirror.search()
