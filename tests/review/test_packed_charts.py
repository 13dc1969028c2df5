"""Charts of others as their registries give them: packed, and found by their own version."""

import io
import tarfile
from pathlib import Path

import pytest

from review.sources.charts import Charts


def packed(folder: Path, name: str, files: dict[str, str]) -> Path:
    with tarfile.open(folder / name, "w:gz") as archive:
        for path, text in files.items():
            member = tarfile.TarInfo(path)
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return folder / name


ABOUT = "apiVersion: v2\nname: stack\nversion: v1.2.3\n"
DEEPER = {"stack/charts/other/Chart.yaml": "version: 9.9.9\n", "stack/Chart.yaml": ABOUT}


@pytest.mark.parametrize("name", ["stack-1.2.3.tgz", "stack.tgz"])
def test_a_packed_chart_is_found_by_what_its_own_file_says(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path, name, DEEPER)
    assert Charts(tmp_path).find("oci/path/stack", "1.2.3") == archive
    assert Charts(tmp_path).find("stack", "9.9.9") is None


@pytest.mark.parametrize(
    "files",
    [
        {"stack/README.md": "no chart"},
        {"stack/Chart.yaml": "version: ["},
        {"stack/Chart.yaml": "just text"},
        {"Chart.yaml": ABOUT},
    ],
    ids=["no Chart.yaml", "no YAML", "no object", "a Chart.yaml of no chart"],
)
def test_an_archive_that_says_no_version_is_none(tmp_path: Path, files: dict[str, str]) -> None:
    packed(tmp_path, "stack.tgz", files)
    assert Charts(tmp_path).find("stack", "1.2.3") is None
