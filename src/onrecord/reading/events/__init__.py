"""Who did what to whom, in PLOVER and CAMEO: `stage.find_events` and `stage.relate`."""
