"""What to look at again before a document goes out."""
