"""Which part of which page is drawn by what."""

from pathlib import Path

from delivery.stack_folder import ROOT
from stacks.settings import Platform
from tools.pages import accounts_picture, repository_picture, stacks_picture
from tools.pages.cost_tables import reasons, tables
from tools.pages.measures import measures
from tools.pages.sources import Sources

START = ROOT / "docs" / "README.md"
COST = ROOT / "docs" / "cost.md"
# Drawn for all: a picture of three environments that are alike shows none.
SHOWN = "dev"


def parts(platform: Platform, sources: Sources) -> dict[tuple[Path, str], str]:
    """Page and name of each generated part, and what stands there. Raises: what drawing raises."""
    names = [each.name for each in platform.environments]
    costs = tables(measures(platform, sources), names, reasons())
    stacks = stacks_picture.picture(platform, sources.stacks, sources.dependencies, shown=SHOWN)
    repository = repository_picture.picture(sources.repository, environments=names, shown=SHOWN)
    return {
        (START, "accounts"): accounts_picture.picture(platform, sources.stacks),
        (START, "stacks"): stacks,
        (START, "repository"): repository,
        **{(COST, name): text for name, text in costs.items()},
    }
