"""What OnRecord knows of the world: countries, organizations, offices, words for acts and times."""
