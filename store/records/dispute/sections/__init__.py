"""The sections of the dispute record, each a pure function of the material."""
