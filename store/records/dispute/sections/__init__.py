"""The sections of the dispute record (RECORDS C10), each a pure function of the material."""
