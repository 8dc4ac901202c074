import { remedyFor } from './remedy-text.ts';
import type { Args, Signature } from '../../../model/signature.ts';

const name = (args: Args, group = 'module') => args[group] ?? '?';
const distribution = (args: Args) => name(args, 'package').replaceAll('-', '_');

// The standard library's extension modules: PyInstaller always bundles them, so one that cannot be found has been deleted.
const standardExtension =
  'math|cmath|zlib|pyexpat|select|fcntl|unicodedata|array|mmap|termios|resource|_(?:asyncio|bisect|bz2|codecs_\\w{1,12}|' +
  'contextvars|csv|ctypes|datetime|decimal|elementtree|hashlib|heapq|json|lzma|md5|multiprocessing|opcode|' +
  'pickle|posixshmem|posixsubprocess|queue|random|sha\\d|socket|sqlite3|ssl|statistics|struct|uuid|zoneinfo)';

/** Imports, metadata, data files and the workflow sandbox: what the bundle lacks (hazards BC, PM-07, EN-04, TW-01, TW-17, TW-18). */
export const importSignatures: readonly Signature[] = [
  {
    id: 'BC-01',
    pattern: /cannot import name '(?<symbol>\w+)' from '(?<module>[\w.]+)' \(.{0,300}_MEI/,
    cause: (args) => `Two distributions provide the top-level name \`${name(args)}\`, and the bundle froze the wrong one: it has no ` +
      `\`${name(args, 'symbol')}\`.`,
    remedy: (args) =>
      `${remedyFor('BC-01', args)}, or remove site-packages/${name(args)}/ in the build venv. hiddenimports will not help. \`python -c ` +
        `"import importlib.metadata as m; print(m.packages_distributions()['${name(args).split('.')[0]}'])"\` names both distributions.`,
  },
  {
    id: 'BC-09',
    pattern: /Failed to execute script '(?<hook>pyi_rth_\w+)/,
    cause: (args) => `PyInstaller's runtime hook \`${name(args, 'hook')}\` failed, before the worker's own code: the freezer or its ` +
      'hooks are older than a library.',
    remedy: () => 'Upgrade pyinstaller and pyinstaller-hooks-contrib together: poetry update pyinstaller pyinstaller-hooks-contrib',
  },
  {
    id: 'TW-17',
    pattern: /No module named 'temporalio\.worker\.workflow_sandbox\._in_sandbox'/,
    cause: () => 'The Temporal SDK imports its sandbox module inside an exec string, which PyInstaller cannot see; the module is not ' +
      'in the binary.',
    remedy: (args) => `${remedyFor('TW-17', args)}.`,
  },
  {
    id: 'TW-18',
    pattern: /Cannot access __builtins__\.open from inside a workflow/,
    cause: () => "PyInstaller's importer calls the builtin open(), which the workflow sandbox forbids: the workflow's own error is " +
      "hidden and its task is retried for ever.",
    remedy: (args) => remedyFor('TW-18', args),
  },
  {
    // What a check says of a failure: no log line and no history tells it, since converting the failure is what goes wrong.
    id: 'TW-18',
    pattern: /^failed: .{0,2000}\(without a failure type\)$/,
    fallback: true,
    cause: () => "The workflow's failure has lost its type, which happens where PyInstaller's importer calls the builtin open() while " +
      "the SDK converts it: the workflow sandbox forbids that.",
    remedy: (args) => remedyFor('TW-18', args),
  },
  {
    id: 'TW-01',
    pattern: /FileNotFoundError.{0,300}_MEI\w{1,40}[\\/]{1,4}\w{1,100}\.py'/,
    followedBy: /Failed validating workflow(?: (?<workflow>\w+))?/,
    cause: (args) => `The workflow ${name(args, 'workflow')} is defined in the entry script: the sandbox wants to import that file ` +
      'again, and a frozen entry script is no file.',
    remedy: (args) => `Move the workflow ${name(args, 'workflow')} out of the entry script into a module that the entry script imports.`,
  },
  {
    id: 'BC-02',
    pattern: /(?:requires the|Unable to import) (?<package>[\w-]+)(?: package)?\. Please install (?:it )?with/,
    cause: (args) => `\`${distribution(args)}\` is imported at run time by name, so PyInstaller did not see it; it is not in the binary.`,
    remedy: (args) => `${remedyFor('BC-02', args)} and rebuild, if the build venv has it; else add the package to the project's ` +
      'dependencies.',
  },
  {
    id: 'BC-07',
    pattern: /No module named '(?<module>(?:unittest|pandas|scipy|IPython)\b[\w.]*)'/,
    cause: (args) => `\`${name(args)}\` is needed at run time but not in the binary; it is a usual entry of excludes=.`,
    remedy: (args) => `${remedyFor('BC-07', args)} and rebuild.`,
  },
  {
    id: 'PM-07',
    pattern: new RegExp(`No module named '(?<module>${standardExtension})'|_MEI\\w{1,40}[\\\\/]{1,4}base_library\\.zip`),
    cause: ({ module }) => 'The extraction folder _MEI… was deleted under the running worker: ' +
      `${module === undefined ? 'its base_library.zip' : `the standard library's own \`${module}\``} is gone.`,
    remedy: () => "Set TMPDIR to a folder that no temp cleaner touches, or add the line 'x /tmp/_MEI*' to tmpfiles.d, or build a " +
      "one-folder bundle.",
  },
  {
    id: 'BC-12',
    pattern: new RegExp(
      String.raw`(?:No module named '(?=[\w.]{0,200}(?:_pb2|\.v\d))|cannot import name '(?<symbol>\w+)' from '(?=google\.protobuf'))` +
        String.raw`(?<module>[\w.]{1,400})'`,
    ),
    cause: (args) => `\`${name(args)}\` belongs to a namespace package or a generated protobuf tree that is not wholly in the binary.`,
    remedy: (args) => `${remedyFor('BC-12', args)} and rebuild.`,
  },
  {
    id: 'BC-02',
    pattern: /No module named '(?<module>[\w.]+)'/,
    cause: (args) => `\`${name(args)}\` is imported at run time but is not in the binary.`,
    remedy: (args) =>
      `${remedyFor('BC-02', args)} (or hiddenimports += collect_submodules('${name(args).split('.')[0]}')) and rebuild, if the build ` +
        `venv has it; else add the package to the project's dependencies.`,
  },
  {
    id: 'BC-05',
    pattern: /No package metadata was found for (?<distribution>[\w.-]+)/,
    cause: (args) => `The metadata of the distribution ${name(args, 'distribution')} is read at run time but is not in the binary.`,
    remedy: (args) => `${remedyFor('BC-05', args)} and rebuild.`,
  },
  {
    id: 'BC-03',
    pattern: /Unknown encoding (?<encoding>\w+)/,
    followedBy: /Plugins found: \[\]/,
    cause: (args) => `tiktoken found no plugin for ${name(args, 'encoding')}: the namespace tiktoken_ext is in the binary, but empty.`,
    remedy: (args) => `${remedyFor('BC-03', args)} and rebuild.`,
  },
  {
    id: 'EN-04',
    pattern: /suitable TLS CA certificate bundle, invalid path/,
    cause: () => 'The CA bundle in the extraction folder _MEI… is not there: certifi/cacert.pem was not bundled, or the folder was ' +
      'deleted under the worker.',
    remedy: () => "Add datas += collect_data_files('certifi') to the spec file; if it is bundled already, keep temp cleaners away from " +
      "TMPDIR.",
  },
  {
    id: 'BC-04',
    pattern: /FileNotFoundError.{0,300}_MEI\w{1,40}[\\/]{1,4}(?<file>[^'"]{1,300})/,
    cause: (args) => `The worker opens the data file ${name(args, 'file')}, which is not in the binary.`,
    remedy: (args) => `${remedyFor('BC-04', args)} and rebuild.`,
  },
  {
    id: 'BC-13',
    pattern: /could not get source code/,
    cause: () => "A library reads Python source at run time (inspect.getsource), and a bundle holds bytecode only.",
    remedy: () => "Add module_collection_mode={'<package>': 'pyz+py'} to Analysis(…) for the package whose source is read; the " +
      "traceback names it.",
  },
  {
    id: 'BC-14',
    pattern: /name '(?<name>exit|quit|help)' is not defined/,
    cause: (args) => `\`${name(args, 'name')}\` comes from the module site, which a frozen interpreter does not load.`,
    remedy: (args) => (args['name'] === 'help' ? 'Do not call help() in the worker.' : `Replace ${name(args, 'name')}(…) by sys.exit(…).`),
  },
];
