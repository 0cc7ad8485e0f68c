"""`sitmon`, and `python -m sitmon`: the program's first step, so small that Ctrl-C finds it ready at once."""

import sys


def start() -> None:
    """Load the program and run it. Ctrl-C while it still loads ends it as quietly as later on."""
    try:
        from sitmon.cli import main

        main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    start()
