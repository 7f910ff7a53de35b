"""The edge a person touches: the `docket` command line and the Textual app."""

import gc
import signal
import sys

# What a run imports lives as long as the run: looking for garbage among it takes a tenth of a
# `docket log`. Later objects are looked at all the same, in larger lots.
gc.set_threshold(20_000, 20, 20)

# While the program is loaded ctrl+c ends it as it ends any other, and no traceback is printed;
# `main` minds it from then on. A handler of somebody who imports this stays.
_own = "".join(sys.argv[:1]).endswith(("-m", "docket"))
if _own and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
