"""The keys and the refusals of the app, whatever screen it shows."""
