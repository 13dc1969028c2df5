"""What the Makefile needs and cannot say itself."""
