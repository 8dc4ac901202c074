"""Records what a program imports and which files of its packages it opens, one JSON line each.

Python runs this module at its start because its folder is on PYTHONPATH. The program itself is not changed: a finder that
finds nothing sees every import, also those of importlib.import_module, and an audit hook sees every opened file. Lines are
written at once, because a worker may end without running its exit handlers.
"""

import atexit
import json
import os
import sys


def record(path):
    output = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))
    importers = {}  # module name -> who imported it first, until it is loaded
    files = set()
    code = (".py", ".pyc", ".so", ".pyd", ".dylib", ".dll")

    def write(**line):
        os.write(output, (json.dumps(line) + "\n").encode())

    def importer():
        frame = sys._getframe(2)
        while frame and frame.f_globals.get("__name__", "").partition(".")[0] == "importlib":
            frame = frame.f_back
        return frame.f_globals.get("__name__") if frame else None

    def settle():
        # What was asked for and is there now. Libraries put modules under other names too; the spec has the real one.
        for name in [name for name in importers if name in sys.modules]:
            spec = getattr(sys.modules[name], "__spec__", None)
            by = importers.pop(name)
            if spec is not None and spec.origin not in ("built-in", "frozen"):
                package = spec.submodule_search_locations is not None
                write(module=spec.name, package=package, origin=spec.origin, importer=by)

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            settle()
            importers.setdefault(name, importer())
            return None

    def opened(event, arguments):
        if event != "open":
            return
        name, mode = arguments[0], arguments[1]
        if not isinstance(name, str) or name in files or (mode and not mode.startswith("r")) or name.endswith(code):
            return
        files.add(name)
        if os.path.isabs(name) and not name.startswith(("/proc/", "/sys/", "/dev/")):
            write(file=name)

    sys.meta_path.insert(0, Finder)
    sys.addaudithook(opened)
    atexit.register(settle)


def run_own_sitecustomize():
    """The environment may have a sitecustomize of its own, which ours stands in front of."""
    from importlib.machinery import PathFinder

    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != here]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        import importlib.util

        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_path = os.environ.pop("FROSTGATE_CLOSURE", None)
os.environ.pop("PYTHONPATH", None)
run_own_sitecustomize()
if _path:
    record(_path)
