"""Which files and folders a program uses, told by audit events: opened, run by their path, listed, or handed to native code."""

import os
import sys

from frostgate_frames import LISTING, MACHINERY, OWN, below, functions, module_of

CODE = (".py", ".pyc", ".so", ".pyd", ".dylib", ".dll")
MODULE_LISTER = "_iter_file_finder_modules"  # of pkgutil


def files_watcher(write):
    """What is called with the arguments of audit events, by their names; each thing is written once."""
    seen = set()

    def tell(name, by, **more):
        asked = os.path.abspath(name)
        path = os.path.realpath(asked)
        if not path.startswith(("/proc/", "/sys/", "/dev/")) and os.path.isfile(path):
            write(file={"path": path, "link": asked, "importer": by, **more})

    def opened(name, _mode, flags):
        if type(name) is str and name.endswith(".pyc"):
            return  # most of all
        # The hook is called before the file is opened: it may not be there. What is written is known by its time afterwards.
        if isinstance(name, int) or name in seen or flags & (os.O_WRONLY | os.O_CREAT):
            return
        text, frame = os.fsdecode(name), sys._getframe(2)
        if text.endswith(".py"):
            return source_read(frame, name, text)
        if text.endswith(CODE):
            return
        seen.add(name)
        by = module_of(below(frame, MACHINERY))
        # What only shows lines of a traceback does not need them.
        if by != "linecache":
            tell(text, by)

    def source_read(frame, name, text):
        """Source that is read as text; the import system reads what it compiles."""
        if frame.f_code.co_filename.startswith("<frozen ") or frame.f_globals.get("__name__", "").startswith("importlib._"):
            return
        frame = below(frame, MACHINERY)
        if module_of(frame) in OWN:
            return
        if module_of(frame) != "linecache":
            seen.add(name)
            tell(text, module_of(frame), use="read")
        elif "findsource" in functions(frame, 9) and "getframeinfo" not in functions(frame, 9):
            seen.add(name)
            tell(text, module_of(below(frame, ("linecache", "inspect"))), use="source")

    def executed(code, frame):
        """A source file that is run by its path: an import has a frame of its own for loading."""
        loading = frame.f_back and frame.f_back.f_back
        if loading and loading.f_code.co_name == "_load_unlocked":
            return  # most of all
        name = code.co_filename
        if not name.endswith(".py") or ("run", name) in seen or not os.path.isabs(name) or "_load_unlocked" in functions(frame, 3):
            return
        seen.add(("run", name))
        tell(name, module_of(below(frame, LISTING)), use="run")

    def listed(name=None):
        """A folder that the program looks into; the import system's own look tells nothing."""
        frame = sys._getframe(2)
        if isinstance(name, int) or frame.f_code.co_name == "_fill_cache":
            return
        importer = module_of(below(frame, LISTING))
        if importer in OWN:
            return
        by = "modules" if frame.f_code.co_name == MODULE_LISTER else "files"
        asked = os.path.abspath(os.fsdecode("." if name is None else name))
        if (asked, by) not in seen and os.path.isdir(asked):
            seen.add((asked, by))
            write(listing={"path": os.path.realpath(asked), "by": by, "importer": importer})

    def taken(name, *_):
        """A library or a database, which native code opens."""
        if not isinstance(name, (str, bytes, os.PathLike)) or os.fspath(name) in seen:
            return
        seen.add(os.fspath(name))
        text = os.fsdecode(name)
        if text.startswith("file:"):
            text = text[5:].partition("?")[0].replace("///", "/", 1)
        if os.path.dirname(text):
            tell(text, module_of(below(sys._getframe(2), ("ctypes", "sqlite3", "aiosqlite"))), use="native")

    return {
        "open": opened, "exec": executed, "os.listdir": listed, "os.scandir": listed, "ctypes.dlopen": taken, "sqlite3.connect": taken,
    }
