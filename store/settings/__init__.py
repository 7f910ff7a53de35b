"""What the user may set: the config, and the numbers of an assessment with their bounds."""
