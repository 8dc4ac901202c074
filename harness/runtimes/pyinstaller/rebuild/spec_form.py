# How a spec file calls Analysis(…), as JSON: for each argument what kind of thing is given and its source, what is imported from
# PyInstaller.utils.hooks, what is excluded, and what is taken out of the tables of contents afterwards. The spec is parsed, not run.
import ast, json, sys

NAMES = ["scripts", "pathex", "binaries", "datas", "hiddenimports", "hookspath", "hooksconfig", "excludes", "runtime_hooks"]

with open(sys.argv[1], "rb") as file:
    raw = file.read()
tree = ast.parse(raw)
text = raw.decode("utf-8-sig", "replace")
calls = [
    node
    for node in ast.walk(tree)
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) == "Analysis"
]
assigned = {
    target.id: node.value
    for node in tree.body
    if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None
    for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
    if isinstance(target, ast.Name) and calls and node.lineno < calls[0].lineno
}
imported = [
    alias.name
    for node in tree.body
    if isinstance(node, ast.ImportFrom) and node.module == "PyInstaller.utils.hooks"
    for alias in node.names
    if alias.asname is None
]


def told(value):
    kind = "list" if isinstance(value, ast.List) else "other"
    if isinstance(value, ast.Name) and not isinstance(assigned.get(value.id), (type(None), ast.Tuple)):
        kind = "variable"
    return {"kind": kind, "source": ast.get_source_segment(text, value) or ast.dump(value)}


def table_of(node):
    return node.attr if isinstance(node, ast.Attribute) and node.attr in ("binaries", "datas") else None


def taken_from(node):
    """The table of which a statement leaves something out: it is made anew, but for what is only added, or loses an entry."""
    if isinstance(node, ast.Assign):
        only_adds = isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Add)
        return None if only_adds else table_of(node.targets[0])
    if isinstance(node, ast.AugAssign):
        return table_of(node.target) if isinstance(node.op, ast.Sub) else None
    if isinstance(node, ast.Call) and getattr(node.func, "attr", None) in ("remove", "pop"):
        return table_of(node.func.value)
    return None


def texts_in(node):
    return {each.value for each in ast.walk(node) if isinstance(each, ast.Constant) and isinstance(each.value, str)}


def literals_of(statement):
    """Its texts, and those of what it names: a list above it, or a function."""
    used = {each.id for each in ast.walk(statement) if isinstance(each, ast.Name)}
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name in used]
    within = [statement, *functions]
    used |= {each.id for node in functions for each in ast.walk(node) if isinstance(each, ast.Name)}
    named = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id in used and node.value not in calls
    ]
    return sorted(set().union(*(texts_in(node) for node in [*within, *named])) - {"DATA", "BINARY", "EXTENSION"})


after = [statement for statement in tree.body if calls and statement.lineno > calls[0].end_lineno]
filters = [
    {"table": taken_from(node), "line": node.lineno, "source": (ast.get_source_segment(text, node) or "").split("\n")[0][:120],
     "literals": literals_of(statement)}
    for statement in after
    for node in ast.walk(statement)
    if taken_from(node)
]
call = calls[0] if len(calls) == 1 else None
plain = call is not None and not any(isinstance(arg, ast.Starred) for arg in call.args) and all(key.arg for key in call.keywords)
arguments = {}
if plain:
    arguments = dict(zip(NAMES, call.args)) | {key.arg: key.value for key in call.keywords}
excludes = arguments.get("excludes")
print(json.dumps({
    "plain": plain, "arguments": {name: told(value) for name, value in arguments.items()}, "imported": imported, "filters": filters,
    "excluded": sorted(texts_in(assigned.get(getattr(excludes, "id", None), excludes))) if excludes else [],
}))
