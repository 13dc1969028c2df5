"""`python -m tools.pages`: draw every part of docs/ that comes from the code, anew."""

from delivery.stack_folder import ROOT
from stacks.environments import PLATFORM
from tools.pages import block
from tools.pages.parts import parts
from tools.pages.sources import fresh

if __name__ == "__main__":
    with fresh() as sources:
        drawn = parts(PLATFORM, sources)
    for (page, name), content in drawn.items():
        changed = block.read(page, name) != content
        block.write(page, name, content)
        print(f"{page.relative_to(ROOT)}: {name} {'is new' if changed else 'was fresh'}")
