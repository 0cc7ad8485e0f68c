"""`python -m sitmon`."""

from sitmon.cli import main

main()
