import type { Signature } from './signature.ts';

/** Native code, extraction and PyInstaller's own loader (hazards NA, ST, BC-15, BC-16, PM-05, PM-08, PM-11, PM-12). */
export const loaderSignatures: readonly Signature[] = [
  {
    id: 'NA-01',
    pattern: /version .(?<version>GLIBC(?:XX)?_[\d.]+). not found/,
    cause: ({ version }) => `A library in the binary needs ${version ?? 'a newer glibc'}, and this machine is older: the build host was too new.`,
    remedy: () => 'Build on the oldest distribution that is to be supported.',
  },
  {
    id: 'PM-11',
    pattern: /\b(?:git|ssh|curl)\b[\w-]{0,40}.{0,300}version .OPENSSL_[\d.]+. not found|OpenSSL version mismatch/,
    cause: () => "A tool that the worker started (git, ssh, curl) loads the bundle's libraries, because it inherits LD_LIBRARY_PATH.",
    remedy: () =>
      "Give started tools a clean environment: env = dict(os.environ); orig = env.pop('LD_LIBRARY_PATH_ORIG', None); env.pop('LD_LIBRARY_PATH', None); env.update({'LD_LIBRARY_PATH': orig} if orig else {})",
  },
  {
    id: 'BC-15',
    pattern: /version .(?<version>OPENSSL_[\d.]+). not found/,
    cause: ({ version }) => `The binary holds more than one OpenSSL, and the one that is found lacks ${version ?? 'a symbol version'}.`,
    remedy: () => 'Find both libssl and libcrypto among the native files (npm run inspect) and filter the older ones out of a.binaries in the spec file.',
  },
  {
    id: 'NA-07',
    pattern: /code signature.{0,300}not valid for use in process/,
    cause: () => 'macOS refuses a library in the binary: the outer file is signed by a team, the inner ones are not.',
    remedy: () => "Set codesign_identity='…' in EXE(…) in the spec file, so that the inner libraries are signed by the same team.",
  },
  {
    id: 'NA-02',
    pattern: /Exec format error|bad CPU type|wrong architecture/i,
    cause: () => 'The file, or a library in it, is for another processor.',
    remedy: () => 'Build on (or with target_arch= for) the platform that runs it; npm run inspect names the file with its architecture.',
  },
  {
    id: 'NA-05',
    pattern: /is either not designed to run on Windows/,
    cause: () => 'UPX damaged a library in the binary.',
    remedy: () => 'Set upx=False in EXE(…) in the spec file and rebuild.',
  },
  {
    id: 'ST-02',
    pattern: /failed to map segment from shared object/,
    cause: () => 'The extraction folder lies on a file system that is mounted noexec.',
    remedy: () => "Point TMPDIR at an executable file system, or set runtime_tmpdir='…' in EXE(…), or build a one-folder bundle.",
  },
  {
    id: 'NA-04',
    pattern: /libz\.so\.1: cannot open shared object/,
    cause: () => "PyInstaller's bootloader needs zlib, which this machine does not have.",
    remedy: () => 'Install zlib on the target, or build the bootloader with a static zlib.',
  },
  {
    id: 'ST-03',
    pattern: /Failed to extract .{0,300}return code -1\b/,
    cause: () => 'The extraction folder is full (the message about decompression is misleading); a part of it stays behind at each try.',
    remedy: () => 'Give $TMPDIR room for the whole unpacked binary, once per running copy, and remove old _MEI* folders.',
  },
  {
    id: 'BC-16',
    pattern: /Failed to extract .{0,300}return code -3\b|Could not load PyInstaller's embedded PKG|Cannot open PyInstaller archive/,
    cause: () => 'The file is damaged: its archive is cut off or was changed after the build.',
    remedy: () => 'Download or build it again; do not strip, patch or sign it in place after the build.',
  },
  {
    id: 'ST-04',
    pattern: /Could not create temporary directory/,
    cause: () => 'No folder could be used for extraction: TMPDIR, TEMP, TMP, /tmp, /var/tmp and /usr/tmp are missing or read-only.',
    remedy: () => 'Point TMPDIR at a folder that exists and can be written.',
  },
  {
    id: 'PM-12',
    pattern: /Security validation failure: (?<what>unexpected name|invalid originating|unexpected process level)/,
    cause: () => "The binary inherited _PYI_* variables of another launch, and the bootloader's check refused them.",
    remedy: () => 'Remove _PYI_* and _MEIPASS2 from the environment before the start; to start the same binary anew from itself, set PYINSTALLER_RESET_ENVIRONMENT=1.',
  },
  {
    id: 'PM-12',
    pattern: /(?:Failed to load Python shared library|Error loading Python lib).{0,600}cannot open shared object file/,
    cause: () => 'The Python library is not in the extraction folder: stale _PYI_* variables point to a folder that is gone, or the library was not bundled.',
    remedy: () => 'Remove _PYI_* and _MEIPASS2 from the environment before the start; if that does not help, rebuild with a Python made with --enable-shared.',
  },
  {
    id: 'NA-10',
    pattern: /Failed to load Python shared library|Error loading Python lib/,
    cause: () => 'The bundled Python library cannot be loaded on this machine.',
    remedy: () => 'Read the end of the line for the reason; rebuild with a Python of this architecture made with PYTHON_CONFIGURE_OPTS=--enable-shared.',
  },
  {
    id: 'PM-08',
    pattern: /appears to have been moved or deleted since this application was launched|Error -3 while decompressing data/,
    cause: () => 'The executable was replaced, moved or deleted while it was running; it reads its modules from that file whenever one is first imported.',
    remedy: () => 'Give each release its own file name and switch a symbolic link; stop the worker before its file is replaced.',
  },
  {
    id: 'PM-05',
    pattern: /Failed to remove temporary directory/,
    always: true,
    cause: () => 'The extraction folder _MEI… could not be removed at the end, so it fills the disk.',
    remedy: () => 'Send one stop signal and wait; keep temp cleaners away from TMPDIR; remove _MEI* folders whose process is gone.',
  },
];
