"""Tells what a worker asks for while it starts, one JSON line each: variables, flags, its server, and what it registers there.

Python runs this module at its start because its folder is on PYTHONPATH. The worker is not changed, but for one thing: whatever server it
wants, it is led to the one that observed.json names. Nothing that goes wrong here may reach the worker.
"""

import json
import os
import sys
from importlib.machinery import PathFinder

import observer_flags
import observer_temporal
from observer_shapes import silently

# The project's folder stays as it is.
sys.dont_write_bytecode = True

HERE = os.path.dirname(os.path.abspath(__file__))
LOOKUPS = ("os", "_collections_abc", "collections", "collections.abc", __name__)


def start(project, address, namespaces):
    output = os.open(os.path.join(HERE, "observed.jsonl"), os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0))
    project = os.path.realpath(project) + os.sep
    told = set()

    @silently
    def write(**line):
        text = json.dumps(line, default=str)
        if text not in told:
            told.add(text)
            os.write(output, (text + "\n").encode())

    def asker(depth):
        """Who asked, below the standard library, whether that is the project's own code, and the default that was given."""
        frame, default = sys._getframe(depth + 1), None
        while frame and frame.f_globals.get("__name__") in LOOKUPS:
            if frame.f_code.co_name in ("get", "getenv", "pop", "setdefault") and "default" in frame.f_locals:
                default = frame.f_locals["default"]
            frame = frame.f_back
        if frame is None:
            return None, False, default
        file = os.path.realpath(frame.f_code.co_filename)
        own = file.startswith(project) and "site-packages" not in file and not file.startswith(os.path.realpath(sys.prefix) + os.sep)
        return frame.f_globals.get("__name__"), own, default

    # Variables.

    lookup = type(os.environ).__getitem__

    def looked_up(self, name):
        try:
            value = lookup(self, name)
        except KeyError:
            silently(variable)(name, False)
            raise
        silently(variable)(name, True)
        return value

    def variable(name, there):
        by, own, default = asker(2)
        if isinstance(name, str) and by is not None:
            text = default if isinstance(default, (str, int, float, bool)) else None
            required = default is None and not there and sys._getframe(3).f_code.co_name not in ("get", "__contains__", "getenv", "pop")
            write(variable={"name": name, "there": there, "default": text, "by": by, "own": own, "required": required})

    type(os.environ).__getitem__ = looked_up

    # Modules that are there already when Python runs this are taken at once.
    hooks = {**observer_flags.hooks(write), **observer_temporal.hooks(write, address, namespaces)}

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            hook = hooks.pop(name, None)
            spec = PathFinder.find_spec(name, path) if hook else None
            if spec is None or spec.loader is None:
                return None
            load = spec.loader.exec_module

            def exec_module(module):
                load(module)
                silently(hook)(module)

            spec.loader.exec_module = exec_module
            return spec

    sys.meta_path.insert(0, Finder)
    for name in [one for one in hooks if one in sys.modules]:
        silently(hooks.pop(name))(sys.modules[name])

    @silently
    def heard(event, arguments):
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            write(contact={"host": str(arguments[1][0]), "port": arguments[1][1]})
        elif event == "socket.getaddrinfo":
            write(contact={"host": str(arguments[0]), "port": arguments[1] if isinstance(arguments[1], int) else None})
        elif event == "builtins.input":
            write(asks=True)

    sys.addaudithook(heard)


def run_own_sitecustomize():
    """The environment may have a sitecustomize of its own, which ours stands in front of."""
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != HERE]
    spec = PathFinder.find_spec("sitecustomize", sys.path)
    if spec is not None and spec.loader is not None:
        import importlib.util

        spec.loader.exec_module(importlib.util.module_from_spec(spec))


_first, _, _rest = os.environ.pop("PYTHONPATH", "").partition(os.pathsep)
if _rest:
    os.environ["PYTHONPATH"] = _rest
run_own_sitecustomize()
with open(os.path.join(HERE, "observed.json"), encoding="utf-8") as _file:
    silently(start)(**json.load(_file))
