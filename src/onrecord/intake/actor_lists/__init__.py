"""Lists of actors that others keep, one module a format, into rows of the knowledge's tables."""
