"""What keeps a verb from running at all: exit code 2, and one line that says why."""


class CouldNotRun(Exception):
    """Nothing can be said about the change. The message says why, and the mend."""
