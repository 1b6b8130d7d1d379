"""Who is meant: mentions, coreference, country and sector: `stage.find_actors`."""
