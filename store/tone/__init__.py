"""What a text is better without: the words of each sort, and the check that finds them."""
