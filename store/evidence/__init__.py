"""The files that prove what an entry says: kept, listed, handled and cited."""
