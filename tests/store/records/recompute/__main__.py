"""Entry point of the folder: loads the modules beside it as one package, and store/recheck."""

import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main() -> int:
    """Load the package as one of its own, with store/recheck for what it reckons, and run it."""
    sys.path.append(str(FOLDER.parents[3]))  # of ours it imports only that, as a test holds
    loader = SourceFileLoader("recompute", str(FOLDER / "__init__.py"))
    spec = spec_from_loader("recompute", loader, is_package=True)
    assert spec is not None
    package = module_from_spec(spec)
    sys.modules["recompute"] = package
    loader.exec_module(package)
    from importlib import import_module

    done: int = import_module("recompute.run").main(sys.argv[1:])
    return done


if __name__ == "__main__":
    sys.exit(main())
