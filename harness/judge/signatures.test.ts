import { expect, test } from 'vitest';
import type { Source } from './diagnose.ts';
import { diagnose, signatures } from './with-hazards.testing.ts';

type Row = [id: string, text: string, remedy: string, kind?: Source['kind']];

/** A real-looking text for every row, and a part of the remedy that names what was captured. */
const rows: Row[] = [
  ['BC-01', "ImportError: cannot import name 'MultipartSegment' from 'multipart' " +
    "(/tmp/_MEI0000402abcdef/multipart/__init__.py)", 'Put a copy of multipart.py in a directory listed in Analysis(pathex=[…])'],
  ['BC-09', "[PYI-812:ERROR] Failed to execute script 'pyi_rth_pkgres' due to unhandled exception!", 'pyinstaller-hooks-contrib'],
  ['TW-17', "ModuleNotFoundError: No module named 'temporalio.worker.workflow_sandbox._in_sandbox'\nRuntimeError: Failed validating " +
    "workflow AgentExecution", "hiddenimports=['temporalio.worker.workflow_sandbox._in_sandbox']"],
  ['TW-18', '"message": "Cannot access __builtins__.open from inside a workflow. If this is code from a module not used in a workflow ' +
    '…"', 'pyimod01_archive.open = io.open', 'history'],
  ['TW-18', 'failed: Workflow execution failed ← the name is empty (without a failure type)', 'pyimod01_archive.open = io.open'],
  ['TW-01', "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/_MEI0000402abcdef/main.py'\n\nThe above exception was the " +
    "direct cause of the following exception:\n\nTraceback (most recent call last):\nRuntimeError: Failed validating workflow " +
      "AgentExecution", 'Move the workflow AgentExecution out of the entry script'],
  ['BC-02', 'ImportError: Initializing ChatGroq requires the langchain-groq package. Please install it with `pip install ' +
    'langchain-groq`', "hiddenimports=['langchain_groq']"],
  [
    'BC-02', 'ImportError: Unable to import langchain_openai. Please install with `pip install -U langchain-openai`',
    "hiddenimports=['langchain_openai']",
  ],
  ['BC-07', "ModuleNotFoundError: No module named 'unittest.mock'", "Remove 'unittest' from excludes="],
  ['PM-07', "ModuleNotFoundError: No module named 'pyexpat'", 'tmpfiles.d'],
  ['PM-07', "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/_MEI0000402abcdef/base_library.zip'", 'tmpfiles.d'],
  ['BC-12', "ModuleNotFoundError: No module named 'acme.v1.jobs_pb2'", "collect_submodules('acme.v1')"],
  [
    'BC-12', "ImportError: cannot import name 'descriptor' from 'google.protobuf' (unknown location)",
    "collect_submodules('google.protobuf')",
  ],
  ['BC-02', 'ImportError: cannot import name grpc_version', 'Is it a module of the package'],
  ['BC-02', "ModuleNotFoundError: No module named '_cffi_backend'", "hiddenimports=['_cffi_backend']"],
  ['BC-02', `{"message": "No module named 'nosuch.part'", "type": "ModuleNotFoundError"}`, "collect_submodules('nosuch')", 'history'],
  ['BC-05', 'importlib.metadata.PackageNotFoundError: No package metadata was found for langchain-core', "datas=" +
    "copy_metadata('langchain-core')"],
  ['BC-03', 'ValueError: Unknown encoding cl100k_base.\nPlugins found: []\ntiktoken version: 0.14.0 (are you on ' +
    'latest?)', "'tiktoken_ext.openai_public'"],
  [
    'BC-03', String.raw`{"message": "Unknown encoding cl100k_base.\nPlugins found: []\ntiktoken version"}`, "'tiktoken_ext.openai_public'",
    'history',
  ],
  ['EN-04', 'OSError: Could not find a suitable TLS CA certificate bundle, invalid path: ' +
    '/tmp/_MEI0000402abcdef/certifi/cacert.pem', "collect_data_files('certifi')"],
  ['BC-04', "FileNotFoundError: [Errno 2] No such file or directory: " +
    "'/tmp/_MEI0000402abcdef/agent/prompts/system.md'", "datas=collect_data_files('agent')"],
  [
    'BC-04', "FileNotFoundError: [Errno 2] No such file or directory: 'C:\\\\Temp\\\\_MEI0000402\\\\prompt.md'",
    "datas=[('prompt.md', '.')]",
  ],
  ['BC-04', "FileNotFoundError: [Errno 2] No such file or directory: '/opt/approvals/_internal/approvals/letters/rejected.txt'",
    "datas=collect_data_files('approvals')"],
  ['BC-13', 'OSError: could not get source code', 'pyz+py'],
  ['BC-17', 'ValueError: Function must have a docstring if description not provided.', 'optimize=0'],
  ['BC-14', "NameError: name 'help' is not defined", 'need help()'],
  ['BC-14', "NameError: name 'exit' is not defined", 'Replace exit(…) by sys.exit(…)'],
  ['NA-01', "[PYI-9:ERROR] Failed to load Python shared library '/tmp/_MEI1/libpython3.13.so.1.0': /lib/libm.so.6: version " +
    "`GLIBC_2.38' not found (required by /tmp/_MEI1/libpython3.13.so.1.0)", 'newer distribution'],
  ['NA-01', "/tmp/_MEI1/libx.so: /lib/libstdc++.so.6: version `GLIBCXX_3.4.30' not found", 'newer distribution'],
  ['BC-04', "OSError: /tmp/_MEI1ab/tls/lib/tls-x86.so: cannot open shared object file: No such file or directory", "['*.so']"],
  ['BC-04', "CommandError: Path doesn't exist: /tmp/_MEI1ab/desk/migrations. Please use the 'init' command", 'collect_data_files'],
  ['PM-11', "git-remote-https: /tmp/_MEI1/libcrypto.so.3: version `OPENSSL_3.2.0' not found (required by " +
    "/usr/lib/libssh2.so)", 'LD_LIBRARY_PATH_ORIG'],
  ['PM-11', 'OpenSSL version mismatch. Built against 30000020, you have 30300010', 'LD_LIBRARY_PATH_ORIG'],
  ['BC-15', "ImportError: /tmp/_MEI1/libssl.so.3: version `OPENSSL_3.3.0' not found (required by _ssl.so)", 'a.binaries'],
  ['NA-07', "[PYI-9:ERROR] Failed to load Python shared library '/x/Python': code signature in <…> '/x/Python' not valid for use in " +
    "process: mapped file has no Team ID", 'codesign_identity'],
  ['NA-02', 'zsh: bad CPU type in executable: ./agent-runner', 'target_arch'],
  ['NA-02', "OSError: [Errno 8] Exec format error: './agent-runner'", 'target_arch'],
  ['NA-02', '[PYI-9:ERROR] Failed to load Python shared library: mach-o, but wrong architecture', 'target_arch'],
  ['NA-05', "[PYI-9:ERROR] Failed to load Python DLL 'C:\\\\T\\\\python313.dll'.\nLoadLibrary: The parameter is incorrect.", 'upx=False'],
  ['NA-05', 'VCRUNTIME140.dll is either not designed to run on Windows or it contains an error', 'upx=False'],
  ['NA-12', 'ImportError: libscipy_openblas64_-8fb3d286.so: ELF load command address/offset not page-aligned', 'strip=False'],
  ['ST-02', 'dist/agent-runner: error while loading shared libraries: libz.so.1: failed to map segment from shared ' +
    'object', 'from which programs may be run'],
  ['NA-04', 'error while loading shared libraries: libz.so.1: cannot open shared object file: No such file or directory', 'zlib'],
  ['ST-03', '[PYI-9:ERROR] Failed to extract libpython3.13.so.1.0: decompression resulted in return code -1!\n[PYI-9:ERROR] Failed to ' +
    'extract entry: libpython3.13.so.1.0.', 'room'],
  ['BC-16', '[PYI-9:ERROR] Failed to extract base_library.zip: decompression resulted in return code -3!', 'build it again'],
  ['BC-16', "[PYI-9:ERROR] Could not load PyInstaller's embedded PKG archive from the executable (dist/agent-runner)", 'build it again'],
  ['BC-16', '[9] Cannot open PyInstaller archive from executable (x) or external archive (x.pkg)', 'build it again'],
  ['ST-05', '[PYI-9:ERROR] Failed to create symbolic link libgfortran.so!', 'symbolic links'],
  ['ST-04', '[PYI-9:ERROR] Could not create temporary directory!', 'TMPDIR'],
  ['PM-12', "[PYI-9:ERROR] Security validation failure: unexpected name of application's home directory!", '_PYI_*'],
  ['PM-12', '[PYI-9:ERROR] Security validation failure: invalid originating onefile parent process (different executable)!', '_PYI_*'],
  ['PM-12', '[PYI-9:ERROR] Security validation failure: unexpected process level!', '_PYI_*'],
  ['PM-12', '[PYI-9:ERROR] Security validation failure: parent process has different executable!', '6.22.3'],
  ['PM-12', "[PYI-9:ERROR] Failed to load Python shared library '/tmp/_MEI1/libpython3.13.so.1.0': cannot open shared object file: No " +
    "such file or directory", '_PYI_*'],
  ['NA-10', '[9] Error loading Python lib: dlopen: bad image', '--enable-shared'],
  ['NA-10', "[PYI-9:ERROR] Failed to load Python DLL 'C:\\\\T\\\\python313.dll'.", '--enable-shared'],
  ['NA-09', "[PYI-9:ERROR] Failed to load Python DLL 'C:\\\\T\\\\_MEI1\\\\python313.dll'.\nLoadLibrary: The specified module could not " +
    "be found.", 'Visual C++ runtime'],
  ['NA-09', 'dyld[9]: Symbol not found: _x\n  Referenced from: <A> /T/_MEI1/libx.dylib (built for macOS 14.0 which is newer than ' +
    'running OS)', 'macOS 14.0 or later'],
  ['NA-08', 'OSError: [WinError 225] Operation did not complete successfully because the file contains a virus or potentially unwanted ' +
    'software', 'signtool'],
  ['PM-08', 'SystemExit: ERROR: /opt/agent appears to have been moved or deleted since this application was launched. Continouation ' +
    'from this state is impossible.', 'symbolic link'],
  ['PM-08', 'zlib.error: Error -3 while decompressing data: incorrect header check', 'symbolic link'],
  ['PM-05', '[PYI-9:WARNING] Failed to remove temporary directory: /tmp/_MEI0000402abcdef', 'one stop signal'],
  ['TW-19', 'Fatal Python error: PyGILState_Release: thread state 0x7f must be current when releasing', 'os._exit'],
  ['PM-04', 'RuntimeError: Shutdown already in progress', 'KillMode=mixed'],
  ['PM-10', 'agent-runner --multiprocessing-fork tracker_fd=5 pipe_handle=9', 'freeze_support()', 'argv'],
  ['PM-10', 'desk: error: unrecognized arguments: -B -S -I -c from multiprocessing.resource_tracker import main;main(21)',
    'freeze_support()'],
  ['PM-10', 'Error: No such option: --multiprocessing-fork', 'freeze_support()'],
  ['PM-10', "desk: error: argument command: invalid choice: 'tracker_fd=22' (choose from 'serve')", 'freeze_support()'],
  ['PM-10', 'desk: error: unrecognized arguments: -m joblib.externals.loky.backend.popen_loky_posix --process-name LokyProcess-2 --pipe 28',
    "backend='threading'"],
  ['PM-10', '/opt/worker -B -S -I -c from joblib.externals.loky.backend.resource_tracker import main; main(17, False)',
    "backend='threading'", 'argv'],
  ['PM-10', 'concurrent.futures.process.BrokenProcessPool: A process in the process pool was terminated abruptly', 'Is multiprocessing'],
  ['PM-09', 'desk: error: unrecognized arguments: -u -m tools.server --stdio', "run_module('tools.server'"],
  ['PM-09', '/opt/worker -X utf8=1 -m tools.server --stdio', "== ['tools.server']", 'argv'],
  ['PM-09', 'desk: error: unrecognized arguments: -c print(1)', 'asyncio.to_thread'],
  ['PM-09', '/opt/worker -c import sys; print(sys.version)', 'asyncio.to_thread', 'argv'],
  ['PM-09', 'desk: error: unrecognized arguments: /tmp/_MEI0000402abcdef/desk/render.py --page 1', 'executable of its own'],
  ['PM-09', '/opt/worker /tmp/_MEI0000402abcdef/desk/render.py', 'executable of its own', 'argv'],
  ['PM-11', "apt-cache: /tmp/_MEI0000402abcdef/libstdc++.so.6: version `GLIBCXX_3.4.29' not found (required by " +
    '/lib/x86_64-linux-gnu/libapt-pkg.so.6.0)', 'LD_LIBRARY_PATH_ORIG'],
  ['PM-11', '/usr/bin/gdb: symbol lookup error: /usr/bin/gdb: undefined symbol: rl_eof_found', 'LD_LIBRARY_PATH_ORIG'],
  ['EN-03', "UnicodeEncodeError: 'charmap' codec can't encode character '\\u2713' in position 1", 'X utf8=1'],
  ['EN-05', 'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed', 'SSL_CERT_FILE'],
  ['EN-06', "zoneinfo.ZoneInfoNotFoundError: 'No time zone found with key Europe/Vienna'", 'tzdata'],
  ['TW-06', 'RuntimeError: Failed client connect: Server connection error: tonic::transport::Error(Transport, ' +
    'ConnectError(ConnectError("tcp connect error", 127.0.0.1:1, Os { code: 111, kind: ConnectionRefused })))', 'Client.connect'],
  ['TW-06', 'RuntimeError: Failed client connect: `get_system_info` call error after connection', 'Client.connect'],
  ['TW-07', 'RuntimeError: Worker validation failed: Namespace nons was not found or otherwise could not be described: ' +
    'Status', 'namespace'],
  ['TW-07', '{"event":"cannot connect","error":"Namespace agents-of-nobody is not found."}', 'namespace'],
  ['TW-08', '"message": "Worker is shutting down and this activity did not complete in time"', 'graceful_shutdown_timeout', 'history'],
  ['TW-09', '  File "asyncio\\events.py", line 582, in add_signal_handler\nNotImplementedError', 'signal.SIGBREAK'],
  ['bootloader', '[PYI-9:WARNING] something new', 'pyinstaller'],
  ['bootloader', "[PYI-9:ERROR] Failed to execute script 'main' due to unhandled exception!", 'traceback'],
  ['bootloader', '[812] Failed to execute script main', 'traceback'],
];

test.for(rows)('%s: %s', ([id, text, remedy, kind]) => {
  const found = diagnose(
    [{ name: 'log', text: `start\n${text}\nend`, checkId: 'startup.ready', ...(kind ? { kind } : {}) }], ['startup.ready'],
  );
  expect(found.map(({ hazard }) => hazard)).toEqual([id]);
  expect(found[0]?.remedy).toContain(remedy);
  expect(`${found[0]?.cause} ${found[0]?.remedy}`).not.toMatch(/undefined|(?<![\w)])\?/); // what nothing has filled
});

test('every row has an example', () => {
  const matched = signatures.filter(({ pattern }) => rows.some(([, text]) => text.split('\n').some((line) => pattern.test(line))));
  expect(matched).toEqual(signatures);
  expect(new Set(rows.map(([id]) => id))).toEqual(new Set(signatures.map(({ id }) => id)));
});

test('no pattern keeps state between texts', () => {
  for (const { pattern, followedBy } of signatures) expect(`${pattern.flags}${followedBy?.flags ?? ''}`).not.toMatch(/[gy]/);
});
