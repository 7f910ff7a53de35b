"""The advice, row by row: each piece tried as its reader would try it."""
