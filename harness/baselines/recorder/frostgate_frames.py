"""Who of the program asks for something, and whether its author expects that it may be missing."""

import builtins
import sys

MACHINERY = {"importlib", "importlib_metadata", "posixpath", "ntpath", "pathlib", "os", "io", "codecs", "tokenize", "_pyio", "zipfile"}
OWN = ("sitecustomize", "frostgate_computed", "frostgate_files", "frostgate_frames", "frostgate_modules")
LISTING = {*MACHINERY, "glob", "fnmatch", "pkgutil", "runpy"}
ASKING = {"version", "metadata", "distribution", "requires", "files", "entry_points", "from_name", "Distribution"}
ONLY_AST = 0x400  # of compile(); the module ast must not be loaded because of us


def silently(function):
    """The function without its exceptions, which must not reach the program."""

    def call(*arguments):
        try:
            return function(*arguments)
        except Exception:
            return None

    return call


def caller(depth):
    """The frame of the program that asked, below the import system and the file functions of the standard library."""
    return below(sys._getframe(depth + 1), MACHINERY)


def below(frame, modules):
    while frame and frame.f_globals.get("__name__", "").partition(".")[0] in modules:
        frame = frame.f_back
    return frame


def functions(frame, most):
    """The names of a frame's function and of those that called it."""
    while frame and most > 0:
        yield frame.f_code.co_name
        frame, most = frame.f_back, most - 1


def module_of(frame):
    return frame.f_globals.get("__name__") if frame else None


def asks(frame):
    """Whether the code of a frame itself speaks of metadata; else native code that it runs has asked."""
    known = [getattr(frame.f_globals.get(name), "__module__", None) for name in frame.f_code.co_names]
    return not ASKING.isdisjoint(frame.f_code.co_names) or "importlib.metadata" in known or "importlib_metadata" in known


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
