"""Journals on a PostgreSQL server: the only room that knows psycopg, and it loads it when asked."""
