import type { SpecChange } from '../hazards/spec-change.ts';

/** Begins the line that a build prints when the change itself cannot be made, for example because there is no such package. */
export const cannotBeMade = 'frostgate: the change cannot be made: ';

/** How the original is called in the copied project; a spec must lie in its own folder, from which its paths count. */
export const originalSpec = '.frostgate-original.spec';

/**
 * The text of a spec file that runs the original beside it with `change` made to every `Analysis(…)`, however the original calls it:
 * what PyInstaller's own `Analysis.__init__` is given is bound to its parameters and changed there. So the original stays as it is,
 * with its encoding, its `from __future__` lines and its line numbers. Files that the change needs are made in `ownFolder`.
 *
 * Everything variable stands in JSON within a JSON string literal, all of whose escapes Python's literals have too.
 */
export function changedSpec(change: SpecChange, ownFolder: string): string {
  const told = JSON.stringify(JSON.stringify({ edits: change, folder: ownFolder, refusal: cannotBeMade }));
  return `# Made by frostgate. Tries a change of Analysis(…) on a copy of the project; the original spec lies beside this file.
import json


${program}

_frostgate_apply(json.loads(${told.replaceAll(/[^ -~]/g, escaped)}))
with open(os.path.join(SPECPATH, ${JSON.stringify(originalSpec)}), "rb") as _frostgate_spec:
    _frostgate_code = compile(_frostgate_spec.read(), SPEC, "exec")
exec(_frostgate_code)
`;
}

/** In the inner JSON, which json.loads reads: outside ASCII nothing then depends on the encoding of the spec. */
function escaped(character: string): string {
  return `\\\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

const program = String.raw`def _frostgate_apply(told):
    import inspect, pathlib, shutil, sys
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

    def beside_spec(file):
        path = os.path.join(SPECPATH, file)
        return [(path, ".")] if os.path.isfile(path) else refuse(f"there is no {file} beside the spec file")

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
            given["hiddenimports"] = of("hiddenimports") + [edit["module"]]
        elif kind == "submodules":
            given["hiddenimports"] = of("hiddenimports") + found("modules of", hooks.collect_submodules, edit["package"])
        elif kind == "package-data":
            given["datas"] = of("datas") + found("data files of the package", hooks.collect_data_files, edit["package"])
        elif kind == "data-file":
            given["datas"] = of("datas") + beside_spec(edit["file"])
        elif kind == "metadata":
            given["datas"] = of("datas") + found("metadata of", hooks.copy_metadata, edit["distribution"])
        elif kind == "include":
            blocking = {".".join(edit["module"].split(".")[: length + 1]) for length in range(edit["module"].count(".") + 1)}
            if not blocking.intersection(of("excludes")):
                given["hiddenimports"] = of("hiddenimports") + edit["imports"]
            given["excludes"] = [name for name in of("excludes") if name not in blocking]
        elif kind == "exclude":
            given["excludes"] = of("excludes") + [edit["module"]]
        elif kind == "module-copy":
            given["pathex"] = [copy_of(edit["module"])] + of("pathex")
        elif kind == "runtime-hook":
            given["runtime_hooks"] = of("runtime_hooks") + [hook(edit["text"])]
        elif kind == "keep-source":
            of("module_collection_mode")
            given["module_collection_mode"] = {**(given.get("module_collection_mode") or {}), edit["package"]: "pyz+py"}
        else:
            refuse(f"unknown edit {kind}")

    initialise = Analysis.__init__
    parameters = inspect.signature(initialise).parameters

    def changed(self, *args, **kwargs):
        call = inspect.signature(initialise).bind(self, *args, **kwargs)
        for edit in told["edits"]:
            change(edit, call.arguments)
        return initialise(*call.args, **call.kwargs)

    Analysis.__init__ = changed
`;
