"""Which modules a program loads, and who asked for each of them first."""

import sys
import time
from importlib.machinery import ModuleSpec, PathFinder
from itertools import islice

from frostgate_computed import computed_at
from frostgate_frames import MACHINERY, below, module_of, silently

NEWEST = 8  # looked at each time: what is asked for now is loaded now, mostly
LOOK_SECONDS = 0.05  # after so long all are looked at, else each import would cost as much as there are that failed


def spec_of(name):
    """The spec of a loaded module. Modules put something else in their place, which must not be asked: it may load more, or raise."""
    attributes = object.__getattribute__(sys.modules[name], "__dict__")
    spec = attributes.get("__spec__")
    if isinstance(spec, ModuleSpec):
        return spec
    parent = sys.modules.get(name.rpartition(".")[0])
    return PathFinder.find_spec(name, getattr(parent, "__path__", None))


def newest(names):
    """The last keys of a dictionary, without a look at the others, of which there are hundreds."""
    try:
        return list(islice(reversed(names), NEWEST))
    except RuntimeError:  # another thread has changed it meanwhile
        return list(names)[-NEWEST:]


def modules_watcher(write):
    """What is called with a name and the frame that imports it, with those of a search, and when more may be loaded."""
    heard_of = {}  # name in sys.modules -> who imports it, until it is searched for or loaded
    waiting = {}  # the same of what is searched for, with the pattern of a name that was made up, until it is loaded; the newest are last
    begun = {}  # modules that are told and still run: name in sys.modules -> spec, importer; those that began last are last
    looked = 0.0

    def asked(name, frame):
        """Where a finder of the program stands before ours, this is all that is heard; else a package's own import may come before it."""
        if name not in waiting and name not in heard_of:
            heard_of[name] = module_of(below(frame, MACHINERY)), None

    def searched(name, frame):
        heard_of.pop(name, None)
        by = waiting.pop(name, None)
        if by is None:
            frame = below(frame, MACHINERY)
            by = module_of(frame), computed(frame) if frame else None
        waiting[name] = by

    def settle(everything=False):
        # What was asked for and is there now. Libraries put modules under other names too; the spec has the real one.
        # Other threads import at the same time: list() and pop() are one step each.
        nonlocal looked
        now = time.monotonic()
        if everything or now - looked > LOOK_SECONDS:
            everything, looked = True, now
        for name in reversed(list(begun)) if type(sys.modules) is dict else ():
            # Below one that still runs are those that import it, unless threads import at once.
            if (surely_runs(name) or still_runs(name)) and not everything:
                break
        for names in (waiting, heard_of) if heard_of else (waiting,):
            for name in list(names) if everything else newest(names):
                by = names.pop(name, None) if name in sys.modules else None
                if by is not None:
                    tell_loaded(name, *by)

    def surely_runs(name):
        """What nearly each import comes to: the module is in its place, and the import system has not done with it."""
        module, (spec, _) = sys.modules.get(name), begun.get(name, (None, None))
        return type(module) is type(sys) and module.__dict__.get("__spec__") is spec is not None and getattr(spec, "_initializing", False)

    def runs(name):
        """Whether a module that began still runs; where it does not, it is told if it failed."""
        spec, by = begun[name]
        now = known_spec(name)
        if (now is None or now.origin == spec.origin) and getattr(spec, "_initializing", False):
            return True  # without one the import system itself takes it out for a moment
        if now is None or now.origin != spec.origin:
            write(failed=spec.name)
        if now is not None and now.origin != spec.origin:
            waiting.setdefault(name, (by, None))  # it has put another module in its place
        begun.pop(name, None)
        return False

    def loaded(name, by, pattern):
        spec = spec_of(name)
        if spec is not None and spec.origin not in ("built-in", "frozen"):
            if type(sys.modules) is dict:  # else it has other contents in every thread, as in Temporal's sandbox
                begun[name] = spec, by
            kind = "module" if spec.submodule_search_locations is None else "package" if spec.origin else "namespace package"
            made_up = {"computed": pattern} if pattern else {}
            write(module={"name": spec.name, "kind": kind, "origin": spec.origin, "importer": by, **made_up})

    computed, known_spec, still_runs, tell_loaded = map(silently, (computed_at, spec_of, runs, loaded))
    return asked, searched, settle
