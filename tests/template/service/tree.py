"""What stands in a folder, to compare before with after."""

from pathlib import Path


def tree(folder: Path) -> dict[str, str]:
    """Each file's path below the folder, and its content."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
