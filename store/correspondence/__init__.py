"""Letters on their way: a draft of a mail, the user's mailer, and what is logged once sent."""
