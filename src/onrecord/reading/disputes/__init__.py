"""Claims and what goes against them: `stage.find_disputes` and `stage.link_denials`."""
