"""The console script `tribe`: one word for all that people and pipelines ask of the platform."""
