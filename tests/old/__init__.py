"""What earlier Dockets wrote, kept so that every later one goes on from there."""
