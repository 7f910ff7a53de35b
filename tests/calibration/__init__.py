"""The calibration: real cases with a public verdict, run through the whole store."""
