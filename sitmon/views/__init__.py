"""Picture and alerts in, something for eyes, stdout or files out. No view decides anything."""
