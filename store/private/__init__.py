"""What is private to the user: check-ins, gut answers, decisions and referrals."""
