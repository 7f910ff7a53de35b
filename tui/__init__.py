"""The edge a person touches: the `docket` command line and the Textual app."""

import gc

# What a run imports lives as long as the run: looking for garbage among it takes a tenth of a
# `docket log`. Later objects are looked at all the same, in larger lots.
gc.set_threshold(20_000, 20, 20)
