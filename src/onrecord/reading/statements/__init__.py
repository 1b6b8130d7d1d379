"""Who said what, and what they did by saying it: `stage.find_statements`."""
