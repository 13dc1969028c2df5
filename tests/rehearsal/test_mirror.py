"""Provider mirrors: what they hold, where they are looked for, and which version is taken."""

from pathlib import Path

import pytest

from rehearsal import mirror
from rehearsal.provider import ProviderMissing, install_provider


def unpacked(root: Path, *versions: str, platform: str | None = None) -> Path:
    for version in versions:
        folder = root / mirror.PROVIDER / version / (platform or mirror.this_platform())
        folder.mkdir(parents=True)
    return root


def test_unpacked_and_packed_versions_are_found(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, "5.100.0") / mirror.PROVIDER
    (folder / f"terraform-provider-aws_6.25.0_{mirror.this_platform()}.zip").touch()
    assert mirror.versions(tmp_path) == ["5.100.0", "6.25.0"]


def test_versions_for_another_machine_are_not(tmp_path: Path) -> None:
    folder = unpacked(tmp_path, "5.100.0", platform="plan9_mips") / mirror.PROVIDER
    (folder / "terraform-provider-aws_6.25.0_plan9_mips.zip").touch()
    assert mirror.versions(tmp_path) == []


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert mirror.versions(tmp_path / "nothing") == []


@pytest.mark.parametrize(
    ("found", "taken"),
    [
        (["5.100.0", "6.9.0", "6.26.0"], "6.9.0"),
        (["6.26.0", "6.30.0"], "6.26.0"),
        (["5.9.0", "5.100.0"], "5.100.0"),
    ],
)
def test_the_newest_version_below_the_pinned_one_is_taken(found: list[str], taken: str) -> None:
    assert mirror.nearest(found, pinned="6.25.0") == taken


def test_the_settings_of_terraform_name_mirrors(tmp_path: Path) -> None:
    settings = tmp_path / "terraform.rc"
    settings.write_text(
        'provider_installation {\n  filesystem_mirror {\n    path = "/srv/providers"\n  }\n}\n'
    )
    environment = {"HOME": str(tmp_path), "TF_CLI_CONFIG_FILE": str(settings)}
    assert next(mirror.usual_places(environment)) == Path("/srv/providers")


def test_the_places_that_terraform_implies_are_looked_at(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "TF_PLUGIN_CACHE_DIR": "/srv/cache"}
    places = list(mirror.usual_places(environment))
    assert Path("/srv/cache") in places
    assert tmp_path / ".terraform.d" / "plugins" in places
    assert Path("/usr/local/share/terraform/plugins") in places


def test_a_mirror_anywhere_on_the_disk_is_found_and_the_nearest_first(tmp_path: Path) -> None:
    unpacked(tmp_path / "a" / "b" / "c", "5.1.0")
    near = unpacked(tmp_path / "z", "5.100.0")
    assert mirror.search(tmp_path) == near


def test_what_terraform_installed_for_a_project_is_no_mirror(tmp_path: Path) -> None:
    unpacked(tmp_path / ".terraform" / "providers", "5.100.0")
    assert mirror.search(tmp_path) is None


def test_a_search_ends_in_time(tmp_path: Path) -> None:
    unpacked(tmp_path, "5.100.0")
    assert mirror.search(tmp_path, seconds=-1) is None


def test_a_named_mirror_without_the_provider_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProviderMissing, match=mirror.VARIABLE) as refusal:
        install_provider(
            pinned="6.25.0",
            folder=tmp_path / "plugins",
            environment={mirror.VARIABLE: str(tmp_path)},
        )
    assert "Name the folder that has registry.terraform.io in it" in str(refusal.value)
