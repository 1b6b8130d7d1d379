"""The same reading for many articles: on all cores of this machine, into a store."""
