"""OnRecord inside other programs: a spaCy component, a server of tools for assistants."""
