"""What each command of the command line does, a file a family; `cli.py` only names them and parses their words."""
