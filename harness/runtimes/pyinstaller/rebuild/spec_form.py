# How a spec file calls Analysis(…), as JSON: for each argument what kind of thing is given and its source, and what is imported from
# PyInstaller.utils.hooks. The spec is parsed, not run.
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


call = calls[0] if len(calls) == 1 else None
plain = call is not None and not any(isinstance(arg, ast.Starred) for arg in call.args) and all(key.arg for key in call.keywords)
arguments = {}
if plain:
    arguments = dict(zip(NAMES, call.args)) | {key.arg: key.value for key in call.keywords}
print(json.dumps({"plain": plain, "arguments": {name: told(value) for name, value in arguments.items()}, "imported": imported}))
