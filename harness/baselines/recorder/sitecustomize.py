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
from importlib.machinery import PathFinder
from json.encoder import encode_basestring_ascii as quoted

from frostgate_files import files_watcher
from frostgate_frames import asks, caller, is_guarded, module_of, silently
from frostgate_modules import modules_watcher


def text_of(value):
    """As json.dumps gives it, which takes four times as long: it makes itself ready anew for each of the thousands of lines."""
    if type(value) is str:
        return quoted(value)
    if type(value) is dict:
        return "{" + ", ".join([f"{quoted(name)}: {text_of(each)}" for name, each in value.items()]) + "}"
    return json.dumps(value)


def record(path):
    output = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))

    def write(**line):
        os.write(output, (text_of(line) + "\n").encode())

    asked, searched, settle = modules_watcher(write)

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

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            silent_settle()
            silent_searched(name, sys._getframe(1))
            return watched(name, path) if name in ("importlib.metadata", "importlib_metadata") else None

    silent_settle, silent_searched = silently(settle), silently(searched)
    files = files_watcher(write)

    def imported(name, file, *_):
        if file is None and name not in sys.modules:
            asked(name, sys._getframe(2))

    def executed(code):
        if code.co_name == "<module>" and code.co_filename != "<string>":  # of that are the classes that dataclasses make
            settle()  # the code of a module that is in sys.modules now; perhaps nothing is imported after it
            files["exec"](code, sys._getframe(2))

    handlers = {**files, "import": imported, "exec": executed}

    def heard(event, arguments):
        # Of all that Python tells, a hundred thousand events at a start, most is nothing to us.
        handler = handlers.get(event)
        if handler is not None:
            try:
                handler(*arguments)
            except Exception:
                pass

    sys.meta_path.insert(0, Finder)
    sys.addaudithook(heard)
    atexit.register(silent_settle, True)


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
for _part in ("frostgate_computed", "frostgate_files", "frostgate_frames", "frostgate_modules"):
    del sys.modules[_part]  # the program has no such modules
record(os.path.join(os.path.dirname(os.path.abspath(__file__)), "closure.jsonl"))
