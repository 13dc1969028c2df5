"""Helm, offline: charts rendered and values read, in process where there is a wheel of it.

The package helm-python-sdk carries Helm as a library: forty times faster than starting the
command, and strict about missing keys. Where it has no wheel (macOS on Intel, Alpine), the command
`helm` is used, from PATH or from the environment variable TRIBE_HELM.
"""

from functools import cache

from review.helm.engine import Engine
from review.helm.release import ChartError, Manifest, Release


@cache
def engine() -> Engine:
    """The Helm of this machine. Raises: review.helm.command.HelmMissing."""
    try:
        from review.helm.library import LibraryEngine
    except ImportError:
        from review.helm.command import CommandEngine

        return CommandEngine.found()
    return LibraryEngine()


__all__ = ["ChartError", "Engine", "Manifest", "Release", "engine"]
