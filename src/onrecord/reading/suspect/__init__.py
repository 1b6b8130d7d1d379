"""Wording that a machine seems to have put there: `stage.find_suspect`."""
