"""Log in, picture out. Pure: the same entries give the same picture in whatever order they arrive."""
