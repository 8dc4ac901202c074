"""Says of each installed distribution which version of it is frozen into an archive, as far as its code tells.

Standard input: one JSON object with `archive` and `modules` ({name, start, end}: where in that file the marshalled code lies, deflated;
empty where this Python cannot read it), `held` (the names of all modules and files of the bundle), `folders` (where distributions are
installed), `known` (distributions, by normalised name, that need no answer), `optimise` (0 to 2).
Standard output: one line of JSON, a list of {name, version, says, code, natives} for each distribution of which something is inside.
`version` is the installed one; `says` the one that its frozen code names in the place where the installed code names its own; `code` is
`same`, `other` or `unread` beside the installed files; `natives` are native files inside, with hash and size of its wheel's RECORD.
The code comes from an untrusted file: it is read, never run, with bounded memory.
"""

import base64
import csv
import dis
import functools
import importlib.metadata
import importlib.util
import json
import marshal
import os
import re
import sys
import types

_spec = importlib.util.spec_from_file_location("compare_code", os.path.join(os.path.dirname(os.path.abspath(__file__)), "compare_code.py"))
code_of = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(code_of)

NAMES = ("__version__", "__VERSION__", "VERSION", "version")
NATIVE = re.compile(r"\.(?:so(?:\.[\d.]+)?|pyd|dylib|dll)$")


def said(code):
    """The texts that a module stores under a name for a version at its top level."""
    texts, last = {}, None
    for step in dis.get_instructions(code):
        if step.opname == "LOAD_CONST":
            last = step.argval if isinstance(step.argval, str) else None
        elif step.opname == "STORE_NAME" and step.argval in NAMES and last is not None:
            texts.setdefault(step.argval, last)
        elif step.opname not in ("COPY", "DUP_TOP", "STORE_NAME", "EXTENDED_ARG", "CACHE"):
            last = None
    return texts


def loaded(code):
    """Frozen code as an object; None where it is damaged."""
    try:
        value = marshal.loads(code)
    except (ValueError, EOFError, TypeError, MemoryError, RecursionError):
        return None
    return value if isinstance(value, types.CodeType) else None


def compiled(file, optimise):
    before = code_of.compiled_before(file)
    if before is not None:
        return before
    with open(file, "rb") as stream:
        return compile(stream.read(), file, "exec", dont_inherit=True, optimize=optimise)


def version_place(sources, version, optimise):
    """The module and the name under which installed code names the version of its distribution; the one nearest to its top."""
    for module, file in sorted(sources.items(), key=lambda item: (item[0].count("."), item[0])):
        with open(file, "rb") as stream:
            text = stream.read()
        if version.encode() in text and b"ersion" in text.lower():
            try:
                found = said(compiled(file, optimise))
            except (SyntaxError, ValueError, RecursionError):
                continue
            name = next((name for name in NAMES if found.get(name) == version), None)
            if name is not None:
                return module, name
    return None


def rows_of(distribution):
    """Path, hash in hexadecimal and size of each file that its installer wrote down."""
    for row in csv.reader((distribution.read_text("RECORD") or "").splitlines()):
        path, digest, size = (row + ["", "", ""])[:3]
        kind, _, text = digest.partition("=")
        hexadecimal = base64.urlsafe_b64decode(text + "==").hex() if kind == "sha256" else None
        yield path, hexadecimal, int(size) if size.isdigit() else None


def module_of(path):
    parts = path.removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) if path.endswith(".py") else None


def compared(sources, frozen, optimise):
    """Whether the frozen modules are what these files give."""
    for module, file in sources.items():
        code = frozen.get(module)
        if code is not None and code_of.judge(code(), file, optimise, code_of.compiled_before(file)) is not None:
            return "other"
    return "same" if any(module in frozen for module in sources) else "unread"


def installed(folders):
    """Each distribution, the first of its name, with the rows of its RECORD and its modules and their files."""
    seen = set()
    for distribution in importlib.metadata.distributions(path=folders):
        key = re.sub(r"[-_.]+", "-", distribution.metadata["Name"] or "").lower()
        if key and key not in seen:
            seen.add(key)
            rows = [row for row in rows_of(distribution) if ".." not in row[0] and not os.path.isabs(row[0])]
            modules = {module_of(path): str(distribution.locate_file(path)) for path, _, _ in rows if module_of(path)}
            yield distribution, rows, {module: file for module, file in modules.items() if os.path.isfile(file)}


def own_modules(modules, places, frozen, optimise):
    """The modules of a distribution, without those that are another one's of the same name, and whether of some nobody can tell whose."""
    own, doubtful = {}, False
    for module, file in modules.items():
        shared = places[module]
        matching = shared if len(shared) == 1 else [each for each in shared if compared({module: each}, frozen, optimise) == "same"]
        if file in matching:
            own[module] = file
        elif not matching:
            doubtful = True
    return own, doubtful


def answers(given, frozen):
    held, optimise, found = set(given["held"]), given["optimise"], []
    every = [(each, rows, {name: file for name, file in modules.items() if name in held})
             for each, rows, modules in installed(given["folders"])]
    places = {}
    for _, _, modules in every:
        for module, file in modules.items():
            places.setdefault(module, []).append(file)
    for distribution, rows, modules in every:
        name, version = distribution.metadata["Name"], distribution.version or ""
        if re.sub(r"[-_.]+", "-", name).lower() in given["known"]:
            continue
        natives = [
            {"file": path, "sha256": digest, "sizeBytes": size} for path, digest, size in rows if NATIVE.search(path) and path in held
        ]
        own, doubtful = own_modules(modules, places, frozen, optimise)
        if not own and not natives and not doubtful:
            continue
        place = version_place(own, version, optimise) if version else None
        code = loaded(frozen[place[0]]()) if place is not None and place[0] in frozen else None
        says = said(code).get(place[1]) if code is not None else None
        state = "unread" if says is not None else compared(own, frozen, optimise)
        found.append({"name": name, "version": version, "says": says, "code": state, "natives": natives})
    return found


def main(given):
    with open(given["archive"], "rb") as stream:
        return answers(given, {module["name"]: functools.partial(code_of.inflated, stream, module) for module in given["modules"]})


code_of.limit_memory(2_000_000_000)
print()  # a .pth file may have printed something without an end of line
print(json.dumps(main(json.load(sys.stdin.buffer))))
