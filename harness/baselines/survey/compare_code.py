"""Says which frozen modules are not what the working tree compiles to now.

Standard input: one JSON object with `archive` and `modules` ({name, start, end}: where in that file the marshalled code lies, deflated),
`entry` ({file, code in base64} of the entry script, if it is to be looked at), `folders` (where modules are looked for, in order),
`sources` and `installed` (those of them that belong to the project, and those where distributions are), `optimise` (0 to 2).
Standard output: one line of JSON, a list of {module, file, reason}. The code comes from an untrusted file: it is read, never run, with
bounded memory.
"""

import base64
import functools
import importlib.util
import json
import marshal
import os
import struct
import sys
import types
import zlib

LARGEST = 64_000_000
ATTRIBUTES = (
    "co_argcount", "co_posonlyargcount", "co_kwonlyargcount", "co_flags", "co_name", "co_names", "co_varnames", "co_freevars",
    "co_cellvars", "co_exceptiontable",
)


def limit_memory(size):
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    except (ImportError, OSError, ValueError):
        pass  # not on Windows; macOS may refuse


def find(name, folders):
    """The source of a module as an import finds it, and whether a regular package on the way ties it to one folder."""
    tied = False
    *parents, last = name.split(".")
    for part in parents:
        package = next((folder for folder in folders if os.path.isfile(os.path.join(folder, part, "__init__.py"))), None)
        if package is not None:
            folders, tied = [os.path.join(package, part)], True
        else:
            folders = [os.path.join(folder, part) for folder in folders if os.path.isdir(os.path.join(folder, part))]
    for folder in folders:
        for file in (os.path.join(folder, last, "__init__.py"), os.path.join(folder, last + ".py")):
            if os.path.isfile(file):
                return file, folder, tied
        if any(os.path.exists(os.path.join(folder, last + end)) for end in (".pyc", "/__init__.pyc")):
            return None, None, False
    return None, (folders or [None])[0], tied


def same(frozen, source, file, optimise):
    """Whether the source gives this code. A spec file may set the level for the program and leave modules at another one."""
    levels = [optimise, *(level for level in (0, 1, 2) if level != optimise)]
    wanted = fingerprint(frozen)
    return any(fingerprint(compile(source, file, "exec", dont_inherit=True, optimize=level)) == wanted for level in levels)


def fingerprint(value):
    """All of a code object that tells what it does: not its file name and not its lines."""
    if isinstance(value, types.CodeType):
        instructions, constants = value.co_code, value.co_consts
        if "__firstlineno__" in value.co_names:
            instructions, constants = without_first_line(value)
        return ("code", instructions, fingerprint(constants), *(getattr(value, name, None) for name in ATTRIBUTES))
    if isinstance(value, tuple):
        return ("tuple", *map(fingerprint, value))
    if isinstance(value, frozenset):
        return ("frozenset", frozenset(map(fingerprint, value)))
    if isinstance(value, slice):
        return ("slice", *map(fingerprint, (value.start, value.stop, value.step)))
    # 0.0 is equal to -0.0 and to False, and no NaN to any other.
    return (type(value).__name__, repr(value) if isinstance(value, (float, complex)) else value)


def without_first_line(code):
    """Since 3.13 the body of a class stores the number of its first line."""
    import dis

    instructions, constants, start = bytearray(), list(code.co_consts), 0
    listed = list(dis.get_instructions(code))
    for load, store in zip(listed, listed[1:]):
        if store.opname == "STORE_NAME" and store.argval == "__firstlineno__":
            begin = load.offset
            while begin >= 2 and dis.opname[code.co_code[begin - 2]] == "EXTENDED_ARG":
                begin -= 2
            instructions += code.co_code[start:begin]
            start = store.offset
            if load.opname == "LOAD_CONST":
                constants[load.arg] = "first line"
    return bytes(instructions + code.co_code[start:]), tuple(constants)


def judge(code, file, optimise, compiled=None):
    try:
        frozen = marshal.loads(code)
    except (ValueError, EOFError, TypeError, MemoryError, RecursionError) as error:
        return "its frozen code cannot be read: " + type(error).__name__
    if not isinstance(frozen, types.CodeType):
        return "its frozen code cannot be read: it is no code"
    # Of two code objects Python compares all but the names of their files.
    if compiled is not None and frozen == compiled:
        return None
    with open(file, "rb") as stream:
        source = stream.read()
    try:
        return None if same(frozen, source, file, optimise) else "different"
    except (SyntaxError, ValueError, RecursionError):
        return "different"


def compiled_before(file):
    """The code that Python keeps beside an installed module, where it was made of the file that is there: to compile takes longer."""
    try:
        with open(importlib.util.cache_from_source(file), "rb") as stream:
            head, code = stream.read(16), stream.read()
        flags, seconds, size = struct.unpack("<4xIII", head)
        stat = os.stat(file)
        if flags == 0 and seconds == int(stat.st_mtime) & 0xFFFFFFFF and size == stat.st_size & 0xFFFFFFFF:
            return marshal.loads(code)
    except (OSError, ValueError, EOFError, TypeError, struct.error, NotImplementedError):
        pass
    return None


def inflated(stream, place):
    """The code at a place of the archive; nothing where it is damaged or a bomb."""
    stream.seek(place["start"])
    try:
        return zlib.decompressobj().decompress(stream.read(place["end"] - place["start"]), LARGEST)
    except zlib.error:
        return b""


def stored_modules(given):
    """Each module with a function that reads its code."""
    if not given["modules"]:
        return
    with open(given["archive"], "rb") as stream:
        for module in given["modules"]:
            yield module, functools.partial(inflated, stream, module)


def main(given):
    sources = {os.path.realpath(folder) for folder in given["sources"]}
    installed = set(given["installed"])

    def home(folder):
        """The folder of modules that one lies in: of the project, of what is installed, of Python."""
        inside = [other for other in given["folders"] if folder == other or folder.startswith(other + os.sep)]
        return max(inside, key=len, default=None)

    differing = []
    for module, code in stored_modules(given):
        name = module["name"]
        file, folder, tied = find(name, given["folders"])
        place = folder and home(folder)
        if place in installed and file is not None:
            # A module of one distribution and a package of another may have one name: which is the right one, its kind tells.
            beside = os.path.join(folder, name.rpartition(".")[2] + ".py")
            both = [file, beside] if beside != file and os.path.isfile(beside) else [file]
            reasons = [judge(code(), each, given["optimise"], compiled_before(each)) for each in both]
            reason = None if None in reasons else reasons[0]
        elif place not in sources:
            continue
        elif file is not None:
            reason = judge(code(), file, given["optimise"])
        else:
            reason = "gone" if tied else None
        if reason is not None:
            differing.append({"module": name, "file": file or os.path.join(folder, name.rpartition(".")[2] + ".py"), "reason": reason})
    entry = given.get("entry")
    if entry is not None:
        reason = judge(base64.b64decode(entry["code"]), entry["file"], given["optimise"])
        if reason is not None:
            differing.append({"module": "__main__", "file": entry["file"], "reason": reason})
    return differing


if __name__ == "__main__":  # frozen_versions.py takes parts of it
    limit_memory(2_000_000_000)
    print()  # a .pth file may have printed something without an end of line
    print(json.dumps(main(json.load(sys.stdin.buffer))))
