"""Labelled items and verdicts in, figures and misses out: how good the classifier is. It must not read the clock."""
