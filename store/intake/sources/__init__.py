"""Files from elsewhere: chats, time sheets, account statements, address books and calendars."""
