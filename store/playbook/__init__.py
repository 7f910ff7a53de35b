"""What to do next with a client."""
