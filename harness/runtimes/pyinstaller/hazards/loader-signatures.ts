import type { Signature } from '../../../model/signature.ts';

/** Native code, extraction and PyInstaller's own loader (hazards NA, ST, BC-15, BC-16, PM-05, PM-08, PM-11, PM-12). */
export const loaderSignatures: readonly Signature[] = [
  {
    id: 'NA-01',
    pattern: /version .(?<version>GLIBC(?:XX)?_[\d.]+). not found/,
    cause: ({ version }) => `A library in the binary needs ${version ?? 'a newer glibc'}, and this machine is older: the build host ` +
      'was too new.',
    remedy: () => 'Build on the oldest distribution that is to be supported.',
  },
  {
    id: 'PM-11',
    pattern: /\b(?:git|ssh|curl)\b[\w-]{0,40}.{0,300}version .OPENSSL_[\d.]+. not found|OpenSSL version mismatch/,
    cause: () => "A tool that the worker started (git, ssh, curl) loads the bundle's libraries, because it inherits LD_LIBRARY_PATH.",
    remedy: () =>
      "Give started tools a clean environment: env = dict(os.environ); orig = env.pop('LD_LIBRARY_PATH_ORIG', None); " +
        "env.pop('LD_LIBRARY_PATH', None); env.update({'LD_LIBRARY_PATH': orig} if orig else {})",
  },
  {
    id: 'BC-15',
    pattern: /version .(?<version>OPENSSL_[\d.]+). not found/,
    cause: ({ version }) => `The binary holds more than one OpenSSL, and the one that is found lacks ${version ?? 'a symbol version'}.`,
    remedy: () => 'Find both libssl and libcrypto among the native files (npm run inspect) and filter the older ones out of a.binaries ' +
      'in the spec file.',
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
    pattern: /is either not designed to run on Windows|LoadLibrary: The parameter is incorrect/,
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
    id: 'ST-05',
    pattern: /Failed to create symbolic link/,
    cause: () => 'The extraction folder lies on a file system that has no symbolic links, and the binary holds some.',
    remedy: () => 'Point TMPDIR at a file system with symbolic links (ext4, xfs, tmpfs, APFS; not FAT or some network shares).',
  },
  {
    id: 'ST-04',
    pattern: /Could not create temporary directory/,
    cause: () => 'No folder could be used for extraction: TMPDIR, TEMP, TMP, /tmp, /var/tmp and /usr/tmp are missing or read-only.',
    remedy: () => 'Point TMPDIR at a folder that exists and can be written.',
  },
  {
    // 6.22.1 and 6.22.2 have one text more, "parent process has different executable!", which also struck healthy launches.
    id: 'PM-12',
    pattern: /Security validation failure:/,
    cause: () => "The binary inherited _PYI_* variables of another launch, and the bootloader's check refused them.",
    remedy: () => 'Remove _PYI_* and _MEIPASS2 from the environment before the start; to start the same binary anew from itself, set ' +
      'PYINSTALLER_RESET_ENVIRONMENT=1. A PyInstaller from 6.22.3 on refuses only where the binary has more rights than its caller.',
  },
  {
    id: 'PM-12',
    pattern: /(?:Failed to load Python shared library|Error loading Python lib).{0,600}cannot open shared object file/,
    cause: () => 'The Python library is not in the extraction folder: stale _PYI_* variables point to a folder that is gone, or the ' +
      'library was not bundled.',
    remedy: () => 'Remove _PYI_* and _MEIPASS2 from the environment before the start; if that does not help, rebuild with a Python ' +
      'made with --enable-shared.',
  },
  {
    id: 'NA-09',
    pattern: /(?:Failed to load|Error loading) Python DLL/,
    followedBy: /specified module could not be found/,
    cause: () => "Windows did not find a library that Python's DLL needs, most likely that of the Visual C++ runtime (VCRUNTIME140.dll).",
    remedy: () => 'Install the Visual C++ runtime on the target, or rebuild on a machine that has it and do not filter it out of ' +
      'a.binaries.',
  },
  {
    id: 'NA-09',
    pattern: /\(built for macOS (?<needs>[\d.]{1,20})\b/,
    cause: ({ needs }) => `A library in the binary was built for macOS ${needs ?? ''}, and this machine has an older one.`,
    remedy: ({ needs }) => 'Build with MACOSX_DEPLOYMENT_TARGET and wheels for the oldest macOS that is to be supported, or run it on ' +
      `macOS ${needs ?? ''} or later.`,
  },
  {
    id: 'NA-10',
    pattern: /Failed to load Python (?:shared library|DLL)|Error loading Python (?:lib|DLL)/,
    fallback: true,
    cause: () => 'The bundled Python library cannot be loaded on this machine.',
    remedy: () => 'Read the end of the line for the reason; rebuild with a Python of this architecture made with ' +
      'PYTHON_CONFIGURE_OPTS=--enable-shared.',
  },
  {
    id: 'PM-08',
    pattern: /appears to have been moved or deleted since this application was launched|Error -3 while decompressing data/,
    cause: () => 'The executable was replaced, moved or deleted while it was running; it reads its modules from that file whenever one ' +
      'is first imported.',
    remedy: () => 'Give each release its own file name and switch a symbolic link; stop the worker before its file is replaced.',
  },
  {
    id: 'NA-08',
    pattern: /contains a virus or potentially unwanted software|Trojan:Win32\//,
    cause: () => 'The virus scanner of Windows took the binary for malware and keeps it from running; one-file executables without a ' +
      'signature are often taken so.',
    remedy: () => 'Sign the binary (signtool), build a one-folder bundle, and report the false alarm to the vendor of the scanner.',
  },
  {
    id: 'PM-05',
    pattern: /Failed to remove temporary directory/,
    always: true,
    cause: () => 'The extraction folder _MEI… could not be removed at the end, so it fills the disk.',
    remedy: () => 'Send one stop signal and wait; keep temp cleaners away from TMPDIR; remove _MEI* folders whose process is gone.',
  },
];
