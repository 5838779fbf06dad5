"""Runs the commands with ``python -m docgen``."""

from docgen.cli import main

main()
