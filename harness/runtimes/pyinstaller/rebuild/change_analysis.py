def _frostgate_apply(told):
    import inspect, json, pathlib, shutil, sys
    from PyInstaller.building.api import COLLECT, EXE
    from PyInstaller.building.build_main import Analysis
    from PyInstaller.utils import hooks

    own = pathlib.Path(told["folder"])
    own.mkdir(parents=True, exist_ok=True)

    def refuse(why):
        raise SystemExit(told["refusal"] + " ".join(str(why).split()))

    def found(what, collect, name):
        try:
            entries = collect(name)
        except Exception as error:
            refuse(f"{what} {name}: {error}")
        return list(entries) or refuse(f"{what} {name}: none is in the build environment")

    def copy_of(module):
        file = next((path for path in (pathlib.Path(folder or ".", module + ".py") for folder in sys.path) if path.is_file()), None)
        if file is None:
            refuse(f"the build environment has no file {module}.py")
        folder = own / "modules"
        folder.mkdir(exist_ok=True)
        shutil.copyfile(file, folder / file.name)
        return str(folder)

    def from_spec(path, folder):
        return [(path, folder)] if os.path.exists(os.path.join(SPECPATH, path)) else refuse(f"there is no {path} beside the spec file")

    def hook(text):
        path = own / "frostgate_runtime_hook.py"
        path.write_text(text + "\n", encoding="utf-8")
        return str(path)

    def change(edit, given):
        def of(name):
            if name not in parameters:
                refuse(f"this PyInstaller has no Analysis({name}=)")
            return list(given.get(name) or [])

        kind = edit["kind"]
        if kind == "hidden-import":
            given["hiddenimports"] = of("hiddenimports") + [edit["name"]]
        elif kind == "submodules":
            given["hiddenimports"] = of("hiddenimports") + found("modules of", hooks.collect_submodules, edit["name"])
        elif kind == "package-data":
            with_sources = lambda name: hooks.collect_data_files(name, include_py_files=edit.get("python", False))
            given["datas"] = of("datas") + found("data files of the package", with_sources, edit["name"])
        elif kind == "data":
            given["datas"] = of("datas") + from_spec(edit["name"], edit["to"])
        elif kind == "libraries":
            patterns = edit.get("patterns")
            matching = lambda name: hooks.collect_dynamic_libs(name, **({"search_patterns": patterns} if patterns else {}))
            given["binaries"] = of("binaries") + found("libraries of the package", matching, edit["name"])
        elif kind == "library":
            given["binaries"] = of("binaries") + from_spec(edit["name"], edit["to"])
        elif kind == "metadata":
            given["datas"] = of("datas") + found("metadata of", hooks.copy_metadata, edit["name"])
        elif kind == "include":
            blocking = {".".join(edit["name"].split(".")[: length + 1]) for length in range(edit["name"].count(".") + 1)}
            if not blocking.intersection(of("excludes")):
                given["hiddenimports"] = of("hiddenimports") + edit["imports"]
            given["excludes"] = [name for name in of("excludes") if name not in blocking]
        elif kind == "exclude":
            given["excludes"] = of("excludes") + [edit["name"]]
        elif kind == "module-copy":
            given["pathex"] = [copy_of(edit["name"])] + of("pathex")
        elif kind == "runtime-hook":
            given["runtime_hooks"] = of("runtime_hooks") + [hook(edit["name"])]
        elif kind == "keep-source":
            of("module_collection_mode")
            given["module_collection_mode"] = {**(given.get("module_collection_mode") or {}), edit["name"]: "pyz+py"}
        elif kind == "no-optimise":
            if "optimize" in parameters:
                given["optimize"] = 0
        elif kind not in ("no-strip", "freeze-support", "run-module"):
            refuse(f"unknown edit {kind}")

    initialise = Analysis.__init__
    parameters = inspect.signature(initialise).parameters

    def changed(self, *args, **kwargs):
        call = inspect.signature(initialise).bind(self, *args, **kwargs)
        for edit in told["edits"] if not told["written"] else []:
            change(edit, call.arguments)
        record["analysed"] += 1
        write()
        return initialise(*call.args, **call.kwargs)

    record = {"analysed": 0, "outputs": []}

    def write():
        (own / "record.json").write_text(json.dumps(record), encoding="utf-8")

    kinds = set() if told["written"] else {edit["kind"] for edit in told["edits"]}

    def without_levels(arg):
        # A table of contents: its last column says what an entry is.
        if not isinstance(arg, list):
            return arg
        levels = (("O", "OPTION"), ("OO", "OPTION"))
        return [without_levels(entry) for entry in arg if not (isinstance(entry, tuple) and (entry[0], entry[-1]) in levels)]

    def telling(kind, begin):
        def begun(self, *args, **kwargs):
            if "no-strip" in kinds:
                kwargs["strip"] = False
            begin(self, *map(without_levels, args) if "no-optimise" in kinds else args, **kwargs)
            record["outputs"].append({"kind": kind, "name": os.path.abspath(self.name)})
            write()

        return begun

    Analysis.__init__ = changed
    for kind, made in (("EXE", EXE), ("COLLECT", COLLECT)):
        made.__init__ = telling(kind, made.__init__)
    # What stands in the spec's text already is only tried, before that runs, for what cannot be found.
    for edit in told["edits"] if told["written"] else []:
        change(edit, {})
