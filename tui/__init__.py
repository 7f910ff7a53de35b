"""The edge a person touches: the `docket` command line and the Textual app."""
