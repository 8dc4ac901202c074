"""Records what a program imports, which files it opens, and which metadata and entry points it asks for, one JSON line each.

Python runs this module at its start because its folder is on PYTHONPATH. The program itself is not changed: a finder that
finds nothing sees every import, also those of importlib.import_module, an audit hook sees every opened file, and a few methods of
importlib.metadata say what they were asked. Lines are written at once, because a worker may end without running its exit handlers.
Nothing that goes wrong here may reach the program.
"""

import atexit
import json
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder

from frostgate_computed import computed_at
from frostgate_files import FILE_EVENTS, files_watcher
from frostgate_frames import asks, caller, is_guarded, module_of


def spec_of(name):
    """The spec of a loaded module. Modules put something else in their place, which must not be asked: it may load more, or raise."""
    attributes = object.__getattribute__(sys.modules[name], "__dict__")
    spec = attributes.get("__spec__")
    if isinstance(spec, ModuleSpec):
        return spec
    parent = sys.modules.get(name.rpartition(".")[0])
    return PathFinder.find_spec(name, getattr(parent, "__path__", None))


def silently(function):
    def call(*arguments):
        try:
            return function(*arguments)
        except Exception:
            return None

    return call


def record(path):
    output = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))
    importers = {}  # module name -> who imported it first, until it is loaded
    computed = {}  # module name -> the pattern of a name that its importer made up
    unseen = {}  # the same of imports that have not come to our finder
    begun = {}  # modules that are told and still run: name in sys.modules -> spec, importer

    def write(**line):
        os.write(output, (json.dumps(line) + "\n").encode())

    @silently
    def settle():
        # What was asked for and is there now. Libraries put modules under other names too; the spec has the real one.
        # Other threads import at the same time: list() and pop() are one step each.
        for name, (spec, by) in list(begun.items()) if type(sys.modules) is dict else ():
            runs = getattr(spec, "_initializing", False)
            now = silently(spec_of)(name)
            if runs and (now is None or now.origin == spec.origin):
                continue  # the import system itself takes a module out for a moment
            if now is None or now.origin != spec.origin:
                write(failed=spec.name)
            if now is not None and now.origin != spec.origin:
                importers.setdefault(name, by)  # it has put another module in its place
            begun.pop(name, None)
        for waiting in (importers, unseen):
            for name in list(waiting):
                by = waiting.pop(name, waiting) if name in sys.modules else waiting
                if by is not waiting:
                    silently(loaded)(name, by)

    def loaded(name, by):
        spec = spec_of(name)
        if spec is not None and spec.origin not in ("built-in", "frozen"):
            if type(sys.modules) is dict:  # else it has other contents in every thread, as in Temporal's sandbox
                begun[name] = spec, by
            kind = "module" if spec.submodule_search_locations is None else "package" if spec.origin else "namespace package"
            made_up = {"computed": computed[name]} if computed.get(name) else {}
            write(module={"name": spec.name, "kind": kind, "origin": spec.origin, "importer": by, **made_up})

    def watched(name, path):
        """The metadata module's spec, with a loader that makes the module tell what it is asked."""
        spec = PathFinder.find_spec(name, path)
        if spec is None or spec.loader is None:
            return None
        load = spec.loader.exec_module

        def exec_module(module):
            load(module)
            silently(watch)(module)

        spec.loader.exec_module = exec_module
        return spec

    def watch(module):
        from_name = module.Distribution.from_name.__func__

        def told_from_name(cls, name):
            found = from_name(cls, name)
            frame = caller(1)
            # Of native code nobody can tell; where it does not cope, the log says so.
            guarded = bool(silently(is_guarded)(frame)) or not asks(frame)
            write(metadata={"distribution": str(name), "guarded": guarded, "importer": module_of(frame)})
            return found

        module.Distribution.from_name = classmethod(told_from_name)
        load = module.EntryPoint.load

        def told_load(self):
            tell_group(self.group, self.name)
            return load(self)

        module.EntryPoint.load = told_load
        select = module.EntryPoints.select

        def told_select(self, **parameters):
            tell_group(parameters.get("group"), parameters.get("name"))
            return select(self, **parameters)

        module.EntryPoints.select = told_select
        # Python 3.10 and 3.11 give a dictionary of groups, too.
        groups = getattr(module, "SelectableGroups", None)
        for method in ("__getitem__", "get") if groups else ():
            setattr(groups, method, telling(getattr(groups, method)))

    def telling(method):
        def told(self, group, *default):
            tell_group(group, None)
            return method(self, group, *default)

        return told

    def tell_group(group, name):
        if isinstance(group, str):
            write(entryPoints={"group": group, "name": name, "importer": module_of(caller(2))})

    file_event = files_watcher(write)

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            settle()
            frame = caller(1)
            if name not in importers:
                importers[name] = module_of(frame)
                computed[name] = silently(computed_at)(frame) if frame else None
            unseen.pop(name, None)
            return watched(name, path) if name in ("importlib.metadata", "importlib_metadata") else None

    @silently
    def heard(event, arguments):
        if event == "open":
            file_event(event, arguments, sys._getframe(2))
        elif event == "import" and arguments[1] is None:
            # Where a finder of the program stands before ours, this is all that is heard.
            if arguments[0] not in sys.modules and arguments[0] not in importers:
                unseen.setdefault(arguments[0], module_of(caller(2)))
        elif event == "exec" and getattr(arguments[0], "co_name", None) == "<module>":
            settle()  # the code of a module that is in sys.modules now; perhaps nothing is imported after it
            file_event(event, arguments, sys._getframe(2))
        elif event in FILE_EVENTS:
            file_event(event, arguments, sys._getframe(2))

    sys.meta_path.insert(0, Finder)
    sys.addaudithook(heard)
    atexit.register(settle)


def run_own_sitecustomize():
    """The environment may have a sitecustomize of its own, which ours stands in front of."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != here]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        import importlib.util

        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_first, _, _rest = os.environ.pop("PYTHONPATH", "").partition(os.pathsep)
if _rest:
    os.environ["PYTHONPATH"] = _rest
run_own_sitecustomize()
for _part in ("frostgate_computed", "frostgate_files", "frostgate_frames"):
    del sys.modules[_part]  # the program has no such modules
record(os.path.join(os.path.dirname(os.path.abspath(__file__)), "closure.jsonl"))
