"""What comes in from elsewhere: each reader turns foreign bytes into drafts, or says why not."""
