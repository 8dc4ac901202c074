"""Describes the environment that runs it: prints one line of JSON about its folders, distributions and namespaces.

Arguments: the folder of the program's entry script, then the namespaces whose children are wanted. It runs in the project's folder.
Nothing is imported but the standard library; what an environment's .pth files import at its start has happened before.
"""

import csv
import importlib.metadata
import importlib.util
import json
import os
import platform
import pkgutil
import re
import site
import sys
import sysconfig
from importlib.machinery import PathFinder, all_suffixes


def survey(program, namespaces):
    # Not put on sys.path itself: what the standard library imports late must not be found in the project.
    search = [program, *sys.path]
    distributions = installed(search)
    owned = [files_of(distribution) for distribution in distributions]
    packages = regular_packages(owned)
    tops = [import_names(distribution, files, packages) for distribution, files in zip(distributions, owned)]
    providers = {}
    for distribution, names in zip(distributions, tops):
        for top in {name.partition(".")[0] for name in names}:
            providers.setdefault(top, []).append(distribution.metadata["Name"])
    return {
        "pythonVersion": platform.python_version(),
        "bytecodeMagic": int.from_bytes(importlib.util.MAGIC_NUMBER[:2], "little"),
        **folders(distributions, search),
        "distributions": [described(distribution, names) for distribution, names in zip(distributions, tops)],
        "providers": {top: sorted(names) for top, names in providers.items() if len(names) > 1},
        "children": {namespace: children(namespace, search) for namespace in namespaces},
    }


def installed(search):
    """The first distribution of each name in the order of the folders, as importlib.metadata.distribution finds it."""
    found = {}
    for distribution in importlib.metadata.distributions(path=search):
        name = distribution.metadata["Name"]
        if name:
            found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), distribution)
    return list(found.values())


def files_of(distribution):
    """The paths that its installer wrote down, relative to its site-packages."""
    record = distribution.read_text("RECORD")
    if record is not None:
        return [row[0] for row in csv.reader(record.splitlines()) if row]
    listed = distribution.read_text("installed-files.txt") or ""
    return [os.path.normpath(os.path.join(folder_name(distribution), line)).replace(os.sep, "/") for line in listed.splitlines()]


def regular_packages(owned):
    """Folders with an __init__ of one distribution. One that several bring is a namespace of the old kind."""
    owners = {}
    for files in owned:
        for path in {path.rpartition("/")[0] for path in files if path.endswith("/__init__.py")}:
            owners[path] = owners.get(path, 0) + 1
    return {path for path, count in owners.items() if count == 1}


def import_names(distribution, files, packages):
    """Where the distribution's own part of the import names begins: "yaml", "google.protobuf"."""
    names = set()
    for path in files:
        parts = path.split("/")
        stem = module_stem(parts[-1])
        if stem is None or not all(part.isidentifier() for part in [*parts[:-1], stem]):
            continue
        parts[-1] = stem
        if stem == "__init__":
            parts.pop()
        owner = next((depth for depth in range(1, len(parts)) if "/".join(parts[:depth]) in packages), len(parts))
        names.add(".".join(parts[:owner]))
    # Of an editable installation the record lists a .pth file or a finder only.
    names = {name for name in names if name and not name.startswith(("__editable__", "_editable_impl_"))}
    names = names or (distribution.read_text("top_level.txt") or "").split() or linked_names(distribution, files)
    return sorted(name for name in names if all(part.isidentifier() for part in name.split(".")))


def linked_names(distribution, files):
    """The modules in the folders that the .pth files of an editable installation add to sys.path."""
    lines = []
    for path in files:
        place = distribution.locate_file(path)
        # An environment that was made elsewhere and moved here records where it was.
        if path.endswith(".pth") and os.path.isfile(place):
            with open(place, encoding="utf-8", errors="replace") as text:
                lines += text.read().splitlines()
    return [module.name for module in pkgutil.iter_modules([line for line in lines if os.path.isabs(line)])]


SUFFIXES = sorted(all_suffixes(), key=len, reverse=True)


def module_stem(file):
    suffix = next((suffix for suffix in SUFFIXES if suffix != ".pyc" and file.endswith(suffix)), None)
    return suffix and file[: -len(suffix)]


def folders(distributions, search):
    paths = sysconfig.get_paths()
    packages = real([paths["purelib"], paths["platlib"], *site.getsitepackages(), site.getusersitepackages()])
    packages = [folder for folder in packages if os.path.isdir(folder)]
    standard = real([paths["stdlib"], paths["platstdlib"], sysconfig.get_config_var("DESTSHARED"), *base_folders()])
    others = [entry for entry in real([*search, *editable_folders(distributions), os.getcwd()]) if os.path.isdir(entry)]
    return {
        "packageFolders": packages,
        "sourceFolders": [folder for folder in others if folder not in packages and folder not in standard],
        "standardLibrary": [folder for folder in standard if os.path.isdir(folder)],
    }


def base_folders():
    """The standard library's folders on sys.path lie around the module os; elsewhere they are zipped or in DLLs."""
    library = os.path.dirname(os.__file__)
    windows = [os.path.join(sys.base_prefix, "DLLs"), sys.base_prefix, sys.prefix] if os.name == "nt" else []
    return [library, os.path.join(library, "lib-dynload"), *windows]


def editable_folders(distributions):
    """What editable installations redirect to without a line on sys.path (PEP 660), as far as folders and names agree."""
    places = {}
    for finder in sys.meta_path:
        module = sys.modules.get(getattr(finder, "__module__", None) or type(finder).__module__)
        for table in (getattr(module, "MAPPING", None), getattr(finder, "_redirections", None)):
            if isinstance(table, dict):
                places.update(table)
    for distribution in distributions:
        if '"editable": true' in (distribution.read_text("direct_url.json") or "").replace('":true', '": true'):
            for top in (distribution.read_text("top_level.txt") or "").split():
                spec = importlib.util.find_spec(top)
                if spec is not None and spec.origin is not None:
                    places.setdefault(top, spec.origin)
    for name, place in places.items():
        path, parts = re.sub(r"([\\/]__init__)?\.py$", "", os.path.realpath(place)), name.split(".")
        if path.split(os.sep)[-len(parts) :] == parts:
            yield os.path.dirname(path) if len(parts) == 1 else os.sep.join(path.split(os.sep)[: -len(parts)])


def real(paths):
    return list(dict.fromkeys(os.path.realpath(path) for path in paths if path))


def described(distribution, names):
    return {
        "name": distribution.metadata["Name"],
        "version": distribution.version,
        "folder": folder_name(distribution),
        "topLevel": names,
        "entryPoints": [{"group": point.group, "name": point.name, "target": point.value} for point in distribution.entry_points],
    }


def folder_name(distribution):
    return os.path.basename(str(getattr(distribution, "_path", "")))


def children(namespace, search):
    """The modules right below a package, by their full names; the package itself is not imported."""
    path = search
    for part in namespace.split("."):
        # The last part alone: with a dotted name a namespace package would look its parent up in sys.modules.
        spec = PathFinder.find_spec(part, path) or (importlib.util.find_spec(part) if path is search else None)
        if spec is None or spec.submodule_search_locations is None:
            return []
        path = list(spec.submodule_search_locations)
    return sorted({namespace + "." + child.name for child in pkgutil.iter_modules(path)})


print()  # a .pth file may have printed something without an end of line
print(json.dumps(survey(sys.argv[1], sys.argv[2:])))
