"""The playbook: next steps, the ladder, letters."""
