"""All clients side by side: the portfolio, and what it says in words."""
