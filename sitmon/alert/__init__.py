"""Picture change in, alerts out. Pure: every decision, also the one not to alert, returns its reason."""
