"""Records what a program imports, which files it opens, and which metadata and entry points it asks for, one JSON line each.

Python runs this module at its start because its folder is on PYTHONPATH. The program itself is not changed: a finder that
finds nothing sees every import, also those of importlib.import_module, an audit hook sees every opened file, and a few methods of
importlib.metadata say what they were asked. Lines are written at once, because a worker may end without running its exit handlers.
Nothing that goes wrong here may reach the program.
"""

import atexit
import builtins
import json
import os
import sys
from importlib.machinery import ModuleSpec, PathFinder

MACHINERY = ("importlib", "importlib_metadata", "posixpath", "ntpath", "pathlib", "os", "io", "codecs", "tokenize", "_pyio", "zipfile")
CODE = (".py", ".pyc", ".so", ".pyd", ".dylib", ".dll")
INSTALLED = {"site-packages", "dist-packages"}
ONLY_AST = 0x400  # of compile(); the module ast must not be loaded because of us


def caller(depth):
    """The frame of the program that asked, below the import system and the file functions of the standard library."""
    frame = sys._getframe(depth + 1)
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] in MACHINERY:
        frame = frame.f_back
    return frame


def module_of(frame):
    return frame.f_globals.get("__name__") if frame else None


def names_in(node):
    """The last names of an expression like `ImportError` or `(KeyError, metadata.PackageNotFoundError)`; none of no expression."""
    if node is None:
        return []
    elements = getattr(node, "elts", None)
    if elements is None:
        return [getattr(node, "attr", None) or getattr(node, "id", "")]
    return [name for element in elements for name in names_in(element)]


def catches(expression):
    """Whether it stands for missing metadata, too: what Python itself does not know by this name is taken for it."""
    known = [getattr(builtins, name, None) for name in names_in(expression)]
    return any(not isinstance(each, type) or issubclass(ModuleNotFoundError, each) for each in known)


def guards(statement):
    """Whether a `try` or `with` stops the exception of missing metadata."""
    for handler in getattr(statement, "handlers", ()):
        if handler.type is None or catches(handler.type):
            return True
    calls = [item.context_expr for item in getattr(statement, "items", ()) if hasattr(item, "context_expr")]
    return any("suppress" in names_in(getattr(call, "func", None)) and any(map(catches, call.args)) for call in calls)


def is_guarded_at(node, line, inside=False):
    """Whether the innermost statement around a line stands in such a `try` or `with` of the same function."""
    if type(node).__name__ in ("FunctionDef", "AsyncFunctionDef", "Lambda"):
        inside = False
    for field in node._fields:
        children = getattr(node, field, None)
        within = inside or field == "body" and guards(node)
        for child in children if isinstance(children, list) else [children]:
            if hasattr(child, "_fields") and getattr(child, "lineno", line) <= line <= getattr(child, "end_lineno", line):
                if hasattr(child, "lineno") or hasattr(child, "body"):
                    return is_guarded_at(child, line, within)
    return inside


def is_guarded(frame):
    """Whether an exception raised below this frame would meet an `except` in the same package: then its author expects one."""
    package = (module_of(frame) or "").partition(".")[0]
    while frame and (module_of(frame) or "").partition(".")[0] == package:
        try:
            with open(frame.f_code.co_filename, "rb") as source:
                tree = compile(source.read(), frame.f_code.co_filename, "exec", ONLY_AST, dont_inherit=True)
            if is_guarded_at(tree, frame.f_lineno):
                return True
        except (OSError, SyntaxError, ValueError):
            pass
        frame = frame.f_back
    return False


def nodes_in(tree):
    yield tree
    for field in tree._fields:
        children = getattr(tree, field, None)
        for child in children if isinstance(children, list) else [children]:
            if hasattr(child, "_fields"):
                yield from nodes_in(child)


def pattern_of(expression):
    """The text that it gives, with a * for what the source does not spell out."""
    kind = type(expression).__name__
    if kind == "Constant" and isinstance(expression.value, str):
        return expression.value
    if kind == "JoinedStr":
        return "".join(map(pattern_of, expression.values))
    if kind == "BinOp" and type(expression.op).__name__ == "Add":
        return pattern_of(expression.left) + pattern_of(expression.right)
    return "*"


def computed_at(frame):
    """The name of a module that this line of the program's own code makes up, as a pattern; None where it does not."""
    code = frame.f_code
    if not {"import_module", "__import__"}.intersection(code.co_names + code.co_varnames + code.co_freevars):
        return None
    if INSTALLED.intersection(code.co_filename.split(os.sep)) or code.co_filename.startswith(os.path.dirname(os.__file__) + os.sep):
        return None  # libraries load their parts in this way, too, and are many
    with open(code.co_filename, "rb") as source:
        tree = compile(source.read(), code.co_filename, "exec", ONLY_AST, dont_inherit=True)
    for node in nodes_in(tree):
        if type(node).__name__ == "Call" and node.lineno <= frame.f_lineno <= node.end_lineno and node.args:
            pattern = pattern_of(node.args[0])
            if names_in(node.func)[0] in ("import_module", "__import__") and "*" in pattern:
                return pattern
    return None


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
    files = set()

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
            guarded = bool(silently(is_guarded)(frame))
            write(metadata={"distribution": str(name), "guarded": guarded, "importer": module_of(frame)})
            return found

        module.Distribution.from_name = classmethod(told_from_name)
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
            opened(*arguments)
        elif event == "import" and arguments[1] is None:
            # Where a finder of the program stands before ours, this is all that is heard.
            if arguments[0] not in sys.modules and arguments[0] not in importers:
                unseen.setdefault(arguments[0], module_of(caller(2)))
        elif event == "exec" and getattr(arguments[0], "co_name", None) == "<module>":
            settle()  # the code of a module that is in sys.modules now; perhaps nothing is imported after it

    def opened(name, _mode, flags):
        if isinstance(name, int) or name in files or flags & (os.O_WRONLY | os.O_CREAT) or os.fsdecode(name).endswith(CODE):
            return
        files.add(name)
        # The hook is called before the file is opened: it may not be there. What is written is known by its time afterwards.
        asked = os.path.abspath(os.fsdecode(name))
        path = os.path.realpath(asked)
        by = module_of(caller(3))
        # What only shows lines of a traceback does not need them.
        if by != "linecache" and not path.startswith(("/proc/", "/sys/", "/dev/")) and os.path.isfile(path):
            write(file={"path": path, "link": asked, "importer": by})

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
record(os.path.join(os.path.dirname(os.path.abspath(__file__)), "closure.jsonl"))
