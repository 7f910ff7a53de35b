"""The platform pack: a record's facts as plain text, a block for each field of the form."""
