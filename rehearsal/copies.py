"""The copies of stacks that a rehearsal validates and applies, each in a folder of its own."""

import copy
import json
import shutil
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rehearsal import rewriting
from rehearsal.adaptation import Unknown, adapt
from rehearsal.detour import take_detours
from rehearsal.provider import LOCK, Provider
from rehearsal.schema import Schema
from rehearsal.stack import Stack
from rehearsal.unimplemented import remove_unimplemented

CONFIGURATION = "cdk.tf.json"
STATE = "terraform.tfstate"


@dataclass(kw_only=True)
class Copies:
    """Copies below `folder`, made for the provider that was installed.

    moto_url: of the second emulator, where the copies are to be applied; None to validate only.
    """

    folder: Path
    provider: Provider
    schema: Schema
    moto_url: str | None = None
    dropped: set[Unknown] = field(default_factory=set)
    """What the installed provider does not know, over all copies."""

    def write(self, stacks: Iterable[Stack]) -> None:
        """Write the copies of `stacks`, over those that are there."""
        for stack in stacks:
            document = copy.deepcopy(dict(stack.document))
            rewriting.pin_provider(document, version=self.provider.version)
            rewriting.use_test_account(document)
            rewriting.use_local_state(document, upstream=stack.dependencies)
            if self.moto_url:
                take_detours(document, url=self.moto_url)
            self.dropped |= adapt(document, schema=self.schema)
            self._write(document, name=stack.name)

    @contextmanager
    def reduced(self, name: str) -> Generator[frozenset[str], None, None]:
        """For a `with` block, the copy without what is not implemented. Gives its addresses."""
        whole = json.loads((self.folder_of(name) / CONFIGURATION).read_text())
        less = copy.deepcopy(whole)
        removed = remove_unimplemented(less)
        self._write(less, name=name)
        try:
            yield removed
        finally:
            self._write(whole, name=name)

    def write_root(self, stacks: Iterable[Stack]) -> None:
        """A configuration with all copies as its modules, so that one command reads them all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        modules = {stack.name: {"source": f"./{stack.name}"} for stack in stacks}
        (self.folder / "main.tf.json").write_text(json.dumps({"module": modules}))
        shutil.copy(self.provider.folder / LOCK, self.folder / LOCK)

    def folder_of(self, name: str) -> Path:
        return self.folder / name

    def _write(self, document: dict[str, Any], *, name: str) -> None:
        folder = self.folder_of(name)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / CONFIGURATION).write_text(json.dumps(document, indent=2))
        shutil.copy(self.provider.folder / LOCK, folder / LOCK)
