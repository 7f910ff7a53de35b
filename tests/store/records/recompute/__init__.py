"""A stranger's check of exported documents: written from what they say, importing nothing of ours.

It reads the journal by FORMAT.md, reckons every figure anew and compares. Run as
`python -I -S recompute JOURNAL EXHIBITS CUSTODY DOCUMENT...`.
"""
