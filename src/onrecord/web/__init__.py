"""The pages: read, follow and correct the record in a browser."""
