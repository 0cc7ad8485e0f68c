"""The desk's panes."""
