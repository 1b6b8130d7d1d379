"""The shipped networks: their weights, their model cards, and what loads and runs them."""
