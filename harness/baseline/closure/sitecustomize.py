"""Records what a program imports, which files it opens, and which metadata and entry points it asks for, one JSON line each.

Python runs this module at its start because its folder is on PYTHONPATH. The program itself is not changed: a finder that
finds nothing sees every import, also those of importlib.import_module, an audit hook sees every opened file, and two methods of
importlib.metadata say what they were asked. Lines are written at once, because a worker may end without running its exit handlers.
"""

import atexit
import json
import os
import sys

MACHINERY = ("importlib", "importlib_metadata", "posixpath", "pathlib", "os", "io", "codecs", "tokenize", "_pyio", "zipfile")


def caller(depth):
    """The frame of the program that asked, below the import system and the file functions of the standard library."""
    frame = sys._getframe(depth + 1)
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] in MACHINERY:
        frame = frame.f_back
    return frame


def module_of(frame):
    return frame.f_globals.get("__name__") if frame else None


def numbers(table):
    """The numbers of a code object's exception table: six bits a byte, the most significant first (CPython, exception_handling_notes)."""
    value = 0
    for byte in table:
        value = value << 6 | byte & 63
        if not byte & 64:
            yield value
            value = 0


def is_guarded(frame):
    """Whether an exception raised below this frame would meet an `except` in the same package: then its author expects one."""
    package = (module_of(frame) or "").partition(".")[0]
    while frame and (module_of(frame) or "").partition(".")[0] == package:
        code = frame.f_code
        table = numbers(getattr(code, "co_exceptiontable", b""))
        names_exception = any(name.endswith(("Error", "Exception")) for name in code.co_names)
        for start, length, _target, depth in zip(table, table, table, table):
            if names_exception and not depth & 1 and start * 2 <= frame.f_lasti < (start + length) * 2:
                return True
        frame = frame.f_back
    return False


def record(path):
    output = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))
    importers = {}  # module name -> who imported it first, until it is loaded
    files = set()
    code = (".py", ".pyc", ".so", ".pyd", ".dylib", ".dll")

    def write(**line):
        os.write(output, (json.dumps(line) + "\n").encode())

    def settle():
        # What was asked for and is there now. Libraries put modules under other names too; the spec has the real one.
        for name in [name for name in importers if name in sys.modules]:
            spec = getattr(sys.modules[name], "__spec__", None)
            by = importers.pop(name)
            if spec is not None and spec.origin not in ("built-in", "frozen"):
                package = spec.submodule_search_locations is not None
                write(module=spec.name, package=package, origin=spec.origin, importer=by)

    def watched(name, path):
        """The metadata module's spec, with a loader that makes the module tell what it is asked."""
        from importlib.machinery import PathFinder

        spec = PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            watch(module.Distribution, module.EntryPoints)

        spec.loader.exec_module = exec_module
        return spec

    def watch(distribution, entry_points):
        from_name, select = distribution.from_name.__func__, entry_points.select

        def told_from_name(cls, name):
            found = from_name(cls, name)
            frame = caller(1)
            write(metadata=str(name), guarded=is_guarded(frame), importer=module_of(frame))
            return found

        def told_select(self, **parameters):
            if isinstance(parameters.get("group"), str):
                write(group=parameters["group"], name=parameters.get("name"), importer=module_of(caller(1)))
            return select(self, **parameters)

        distribution.from_name = classmethod(told_from_name)
        entry_points.select = told_select

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            settle()
            importers.setdefault(name, module_of(caller(1)))
            return watched(name, path) if name in ("importlib.metadata", "importlib_metadata") else None

    def opened(event, arguments):
        if event != "open":
            return
        name, mode = arguments[0], arguments[1]
        if not isinstance(name, str) or name in files or (mode and not mode.startswith("r")) or name.endswith(code):
            return
        files.add(name)
        # The hook is called before the file is opened: it may not be there.
        if os.path.isabs(name) and not name.startswith(("/proc/", "/sys/", "/dev/")) and os.path.isfile(name):
            write(file=os.path.realpath(name), importer=module_of(caller(1)))

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
