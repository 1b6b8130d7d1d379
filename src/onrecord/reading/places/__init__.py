"""Places named in the text: `stage.find_places`."""
