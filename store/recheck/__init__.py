"""The sums of a docket reckoned once more in plain Python, sharing nothing with the rest of us."""
