"""The tone check of what is sent, held to sentences of six languages."""
