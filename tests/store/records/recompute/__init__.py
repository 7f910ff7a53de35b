"""A stranger's check of exported documents: written from what they say, sharing nothing with them.

What it reckons is in store/recheck, plain Python that goes with every record as `check_sums.py`.

It reads the journal by FORMAT.md, reckons every figure anew and compares. Run as
`python -I -S recompute JOURNAL EXHIBITS CUSTODY DOCUMENT...`.
"""
