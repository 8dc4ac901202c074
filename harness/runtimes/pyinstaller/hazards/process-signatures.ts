import type { Signature } from '../../../model/signature.ts';

/** The frozen process and what it finds around it (hazards PM, EN). */
export const processSignatures: readonly Signature[] = [
  {
    id: 'PM-04',
    pattern: /Shutdown already in progress/,
    cause: () => "The stop signal arrived twice: the process group got it, and the bootloader passed it on to its child.",
    remedy: () => 'Signal only the parent process (systemd: KillMode=mixed), and make the handler ignore a second signal.',
  },
  {
    id: 'PM-10',
    pattern: /--multiprocessing-fork|multiprocessing\.resource_tracker/,
    where: ['argv'],
    cause: () => 'multiprocessing starts the executable again as its helper, and the worker does not recognise that.',
    remedy: () => "Call multiprocessing.freeze_support() as the first line under if __name__ == '__main__':",
  },
  {
    id: 'EN-03',
    pattern: /charmap' codec can't encode|\\U0001f[0-9a-f]{3}/,
    cause: () => 'The output is not UTF-8 in the frozen worker, so characters are escaped or raise.',
    remedy: () => "Bake the option in: EXE(pyz, a.scripts, [('X utf8=1', None, 'OPTION')], …) in the spec file.",
  },
  {
    id: 'EN-05',
    pattern: /CERTIFICATE_VERIFY_FAILED/,
    subjectOnly: true,
    cause: () => "The bundled OpenSSL looks for CA certificates where the build host keeps them, and this machine keeps them elsewhere.",
    remedy: () => "Set it before the first connection: os.environ.setdefault('SSL_CERT_FILE', certifi.where())",
  },
  {
    id: 'EN-06',
    pattern: /No time zone found with key (?<zone>[\w/+-]{1,60})/,
    cause: ({ zone }) => `The time zone ${zone ?? ''} was not found: this machine has no time zone data, and neither has the binary.`,
    remedy: () => "Add tzdata to the project's dependencies and datas += collect_data_files('tzdata') to the spec file.",
  },
];

/** Messages of the loader that no other row explains. */
export const loaderMessages: readonly Signature[] = [
  {
    id: 'bootloader',
    pattern: /\[PYI-\d{1,10}:WARNING\]/,
    always: true,
    fallback: true,
    cause: () => "PyInstaller's loader printed a warning that no known hazard explains.",
    remedy: () => 'Read the line; search the text in the issues of pyinstaller.',
  },
  {
    id: 'bootloader',
    pattern: /\[PYI-\d{1,10}:ERROR\]|^\[\d{1,10}\] (?:Failed|Error)/,
    fallback: true,
    cause: () => "PyInstaller's loader ended the worker: a script raised, or the loader itself failed.",
    remedy: () => 'Read the traceback above the line; it is on stderr and in no log format.',
  },
];
