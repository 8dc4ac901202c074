# Makes the change of a remedy in the text of a project's spec file and entry script, and tells it as a patch. Reads JSON from stdin and
# prints JSON: the new text of each file, by its path in the project, and the patch as `git apply` takes it. Nothing is run or written.
import ast, difflib, json, pathlib, re, sys

HOOK, MODULES = "frozen_hook.py", "frozen_modules"
POSITIONS = ["scripts", "pathex", "binaries", "datas", "hiddenimports", "hookspath", "hooksconfig", "excludes", "runtime_hooks"]


class Text:
    """A Python source whose pieces are replaced by their places in its tree."""

    def __init__(self, path):
        self.raw = path.read_bytes()
        self.tree = ast.parse(self.raw)
        self.starts = [0]
        for line in self.raw.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.changes = []

    def at(self, line, column):
        return self.starts[line - 1] + column

    def span(self, node):
        return self.at(node.lineno, node.col_offset), self.at(node.end_lineno, node.end_col_offset)

    def of(self, node):
        start, end = self.span(node)
        return self.raw[start:end].decode()

    def replace(self, node, text):
        self.changes.append((*self.span(node), text))

    def insert(self, at, text):
        self.changes.append((at, at, text))

    def changed(self):
        raw = self.raw
        for start, end, text in sorted(self.changes, key=lambda each: each[0], reverse=True):
            raw = raw[:start] + text.encode() + raw[end:]
        ast.parse(raw)
        return raw.decode()


def called(node):
    return getattr(node.func, "id", getattr(node.func, "attr", None)) if isinstance(node, ast.Call) else None


def is_none(value):
    return value is None or (isinstance(value, ast.Constant) and value.value is None)


def give(text, call, name, value):
    """Gives a call one more argument, in a line of its own where the others have theirs."""
    last = max([*call.args, *call.keywords], key=text.span)
    before = text.raw[text.starts[last.lineno - 1] : text.at(last.lineno, last.col_offset)].decode()
    text.insert(text.span(last)[1], f",{chr(10) + before if before.strip() == '' else ' '}{name}={value}")


def add(text, call, given, name, added):
    old = given.get(name)
    items, calls = ", ".join(added["items"]), "".join(f" + {each}" for each in added["calls"])
    value = (f"[{items}]" if items else "") + calls
    value = value.removeprefix(" + ")
    if old is None:
        give(text, call, name, value)
    elif is_none(old):
        text.replace(old, value)
    elif isinstance(old, ast.List) and not old.elts:
        text.replace(old, value)
    elif isinstance(old, ast.List):
        if items:
            text.insert(text.span(old.elts[-1])[1], f", {items}")
        if calls:
            text.insert(text.span(old)[1], calls)
    else:
        own = text.of(old) if isinstance(old, (ast.BinOp, ast.Call)) else f"list({text.of(old)} or [])"
        text.replace(old, f"{own} + {value}")


def without(text, old, names):
    if isinstance(old, ast.List) and all(isinstance(each, ast.Constant) for each in old.elts):
        text.replace(old, "[" + ", ".join(text.of(each) for each in old.elts if each.value not in names) + "]")
    else:
        text.replace(old, f"[name for name in {text.of(old)} if name not in {sorted(names)!r}]")


def edit_spec(text, told):
    """Whether all of it could be done: what a spec computes cannot always be changed in its text."""
    calls = [node for node in ast.walk(text.tree) if called(node) == "Analysis"]
    if len(calls) != 1 or any(isinstance(arg, ast.Starred) for arg in calls[0].args) or not all(key.arg for key in calls[0].keywords):
        return False
    [call] = calls
    given = dict(zip(POSITIONS, call.args)) | {key.arg: key.value for key in call.keywords}
    additions = {name: {"items": list(added["items"]), "calls": added["calls"]} for name, added in told["additions"].items()}
    edits = told["edits"]
    more = lambda name, *items: additions.setdefault(name, {"items": [], "calls": []})["items"].extend(items)
    if any(edit["kind"] == "module-copy" for edit in edits):
        more("pathex", f"SPECPATH + '/{MODULES}'")
    if any(edit["kind"] == "runtime-hook" for edit in edits):
        more("runtime_hooks", f"SPECPATH + '/{HOOK}'")
    gone = set()
    for edit in edits:
        if edit["kind"] != "include":
            continue
        blocking = {".".join(edit["name"].split(".")[: length + 1]) for length in range(edit["name"].count(".") + 1)}
        old = given.get("excludes")
        constants = {each.value for each in getattr(old, "elts", []) if isinstance(each, ast.Constant)}
        if is_none(old) or (isinstance(old, ast.List) and not blocking & constants):
            more("hiddenimports", *map(repr, edit["imports"]))
        else:
            gone |= blocking
    if gone:
        if "excludes" in additions:
            return False
        without(text, given["excludes"], gone)
    for name, added in additions.items():
        add(text, call, given, name, added)
    kept = ", ".join(f"'{edit['name']}': 'pyz+py'" for edit in edits if edit["kind"] == "keep-source")
    if kept:
        old = given.get("module_collection_mode")
        if old is None:
            give(text, call, "module_collection_mode", f"{{{kept}}}")
        else:
            text.replace(old, f"{{{kept}}}" if is_none(old) else f"{{**({text.of(old)}), {kept}}}")
    if any(edit["kind"] == "no-optimise" for edit in edits):
        unoptimised(text, call, given)
    if any(edit["kind"] == "no-strip" for edit in edits) and not unstripped(text):
        return False
    froms = [node for node in text.tree.body if isinstance(node, ast.ImportFrom) and node.module == "PyInstaller.utils.hooks"]
    imported = {alias.name for node in froms for alias in node.names if alias.asname is None}
    missing = sorted(set(told["hooks"]) - imported)
    if missing:
        statement = next(node for node in text.tree.body if call in ast.walk(node))
        text.insert(text.at(statement.lineno, 0), f"from PyInstaller.utils.hooks import {', '.join(missing)}\n")
    return True


def unoptimised(text, call, given):
    if "optimize" in given:
        text.replace(given["optimize"], "0")
    else:
        give(text, call, "optimize", "0")
    is_level = lambda each: isinstance(each, ast.Tuple) and each.elts and getattr(each.elts[0], "value", None) in ("O", "OO")
    for node in ast.walk(text.tree):
        if isinstance(node, ast.List) and any(is_level(each) for each in node.elts):
            text.replace(node, "[" + ", ".join(text.of(each) for each in node.elts if not is_level(each)) + "]")


def unstripped(text):
    made = [node for node in ast.walk(text.tree) if called(node) in ("EXE", "COLLECT")]
    set_to = [key.value for call in made for key in call.keywords if key.arg == "strip"]
    for value in set_to:
        text.replace(value, "False")
    return len(set_to) > 0


def first_place(text):
    """Below what must stand above everything: a docstring and __future__."""
    body = text.tree.body
    last = next(iter(node for node in body[:1] if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)), None)
    for node in body:
        if isinstance(node, ast.ImportFrom) and node.module == "__future__":
            last = node
    if last is not None:
        return text.starts[last.end_lineno]
    lines = text.raw.splitlines(keepends=True)
    comments = next((index for index, line in enumerate(lines) if not re.match(rb"#(!|.*coding[:=])", line)), len(lines))
    return text.starts[comments]


def edit_entry(text, edits):
    """What an entry script is to do first; nothing where it does so already."""
    main = next((node for node in text.tree.body if isinstance(node, ast.If) and "__name__" in text.of(node.test)), None)
    first = main.body[0].value if main is not None and isinstance(main.body[0], ast.Expr) else None
    wanted = [edit for edit in edits if edit["kind"] != "freeze-support" or called(first) != "freeze_support"]
    at = first_place(text)
    blank = "\n" if at > 0 else ""
    text.insert(at, "".join(f"{blank}{edit['text']}\n\n" for edit in wanted))
    return len(wanted) > 0


def patch_of(path, old, new):
    ended = lambda line: line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"
    lines = lambda raw: [ended(line) for line in raw.splitlines(keepends=True)]
    before, after = ("/dev/null" if old is None else f"a/{path}"), f"b/{path}"
    return "".join(difflib.unified_diff(lines(old or ""), lines(new), before, after))


told = json.load(sys.stdin)
root = pathlib.Path(told["project"])
files, whole = {}, True
in_entry = [edit for edit in told["edits"] if edit["kind"] in ("freeze-support", "run-module")]
if in_entry:
    entry = Text(root / told["entry"])
    if edit_entry(entry, in_entry):
        files[told["entry"]] = entry.changed()
if told["spec"] is not None and len(in_entry) < len(told["edits"]):
    try:
        spec = Text(root / told["spec"])
        whole = edit_spec(spec, told)
        if whole:
            beside = pathlib.PurePosixPath(told["spec"]).parent
            files[told["spec"]] = spec.changed()
            files.update({str(beside / name): text for name, text in told["new"].items()})
    except SyntaxError:
        whole = False
files.update(told["also"])
read = lambda path: path.read_bytes().decode() if path.is_file() else None
patch = "".join(patch_of(path, read(root / path), text) for path, text in files.items())
print(json.dumps({"files": files, "whole": whole, "patch": patch}))
