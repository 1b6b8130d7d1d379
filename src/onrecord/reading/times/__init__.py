"""Expressions of time, resolved against publication: `stage.find_times`."""
