"""What comes onto a docket from elsewhere: mail, files of entries, and what another docket had."""
