"""What keeps a workspace well: backup and restore, erase and forget, and what the doctor checks."""
