"""From an article to its record: one module a stage, in reading order, and the pipeline."""
