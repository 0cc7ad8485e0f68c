"""Bytes in, items out. The only room that knows httpx and feedparser; it never judges what an item says."""
