"""Many articles and their records in a database, and the questions that it answers."""
