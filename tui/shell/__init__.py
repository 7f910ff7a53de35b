"""What screens stand on: the order of keys, what is refused, the bar over them, the way on."""
