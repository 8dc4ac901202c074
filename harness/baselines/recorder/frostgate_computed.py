"""Which names of modules the program's own code makes up."""

import os

from frostgate_frames import ONLY_AST, names_in

INSTALLED = {"site-packages", "dist-packages"}
known = {}  # path of a source file -> whether it is a library's


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


def is_library(path):
    if path not in known:  # asked thousands of times, of a few hundred files
        known[path] = bool(INSTALLED.intersection(path.split(os.sep))) or path.startswith(os.path.dirname(os.__file__) + os.sep)
    return known[path]


def computed_at(frame):
    """The name of a module that this line of the program's own code makes up, as a pattern; None where it does not."""
    code = frame.f_code
    if is_library(code.co_filename):
        return None  # they load their parts in this way, too, and are many
    if not {"import_module", "__import__"}.intersection(code.co_names + code.co_varnames + code.co_freevars):
        return None
    with open(code.co_filename, "rb") as source:
        tree = compile(source.read(), code.co_filename, "exec", ONLY_AST, dont_inherit=True)
    for node in nodes_in(tree):
        if type(node).__name__ == "Call" and node.lineno <= frame.f_lineno <= node.end_lineno and node.args:
            pattern = pattern_of(node.args[0])
            if names_in(node.func)[0] in ("import_module", "__import__") and "*" in pattern:
                return pattern
    return None
