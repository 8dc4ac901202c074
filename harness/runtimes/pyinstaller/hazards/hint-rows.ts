import type { HintKind } from '../../../model/observation.ts';
import type { ObservationRow } from '../../../model/observation-row.ts';
import { remedyFor } from './remedy-text.ts';
import type { Args } from '../../../model/signature.ts';

/** Below these everybody may make a folder first, and then owns what is unpacked into it. */
const everybodys = /^(?:\/private)?\/(?:tmp|var\/tmp|dev\/shm)\/./;

const isEverybodys = ({ folder = '' }: Args) => everybodys.test(folder);

/** What in a bundle can go wrong where it runs, although nothing of it is broken. */
export const hintRows: Record<HintKind, ObservationRow> = {
  'colliding-library': {
    hazard: () => 'BC-15',
    cause: ({ library, places }) => `The binary holds different libraries called ${library}: ${places}; whichever is loaded first ` +
      'serves everybody.',
    remedy: ({ library }) => `Filter all but one ${library} out of a.binaries in the spec file, or take versions of their packages ` +
      'that agree on it.',
  },
  'packed-library': {
    hazard: () => 'NA-05',
    cause: ({ member }) => `${member} was packed by UPX, which damages some libraries for Windows and alarms virus scanners.`,
    remedy: () => 'Set upx=False in EXE(…) in the spec file and rebuild.',
  },
  'missing-runtime-library': {
    hazard: () => 'NA-09',
    cause: ({ library, member }) => `${member} needs ${library}, which is not in the binary and is no part of Windows.`,
    remedy: ({ library }) => `Build on a machine that has ${library} and do not filter it out of a.binaries, or install the Visual C++ ` +
      'runtime on the target.',
  },
  'missing-ca-bundle': {
    hazard: () => 'EN-04',
    cause: () => 'certifi is in the binary, but not its certifi/cacert.pem: connections by TLS that rely on it fail.',
    remedy: () => "Add datas += collect_data_files('certifi') to the spec file and rebuild.",
  },
  'closed-sandbox': {
    hazard: () => 'TW-18',
    cause: ({ workflows }) =>
      `It has workflows (${workflows}), and nothing in it lets PyInstaller's importer call open() in the workflow sandbox: if a ` +
        'workflow fails or logs an exception, its error is hidden and its task is retried for ever.',
    remedy: (args) => remedyFor('TW-18', args),
  },
  'ignored-signals': {
    hazard: () => 'PM-04',
    cause: () => 'The bootloader was told to ignore signals (bootloader_ignore_signals): a stop signal that only the parent process ' +
      'gets never reaches the worker.',
    remedy: () => 'Set bootloader_ignore_signals=False in EXE(…) in the spec file, unless whoever stops the worker always signals its ' +
      'whole process group.',
  },
  'fixed-folder': {
    hazard: (args) => (isEverybodys(args) ? 'SE-03' : 'ST-04'),
    cause: (args) =>
      `It unpacks into ${args['folder']} (runtime_tmpdir), whatever TMPDIR says${
        isEverybodys(args)
          ? '; another user can make that folder first and change what is run from it'
          : ', and does not start where it cannot write there'}.`,
    remedy: () => 'Leave runtime_tmpdir=None in EXE(…) in the spec file and set TMPDIR where the worker is started, or name a folder ' +
      'that only its user can write.',
  },
  'no-console': {
    hazard: () => 'EN-14',
    cause: () => 'It was built for Windows without a console: sys.stdout and sys.stderr are None, so what it prints is lost, and a ' +
      'print may raise.',
    remedy: () => 'Set console=True in EXE(…) in the spec file; a service manager shows no window either way.',
  },
  'no-asserts': {
    hazard: () => 'EN-15',
    cause: ({ level }) => `Python runs it with -${level}: assert statements ${level === 'OO' ? 'and docstrings are' : 'are'} stripped, ` +
      'from source they are not.',
    remedy: () => 'Set optimize=0 in Analysis(…) and take the option O out of EXE(…) in the spec file, or run the source with the same ' +
      'option.',
  },
  'old-freezer': {
    hazard: () => 'SE-04',
    cause: ({ before, advisory, danger }) => `It was made by a PyInstaller before ${before}, to which ${advisory} applies: ${danger}.`,
    remedy: ({ before }) => `Upgrade PyInstaller to ${before} or later (poetry update pyinstaller pyinstaller-hooks-contrib) and rebuild.`,
  },
  'build-path': {
    hazard: () => 'SE-07',
    cause: ({ folder, modules }) => `The frozen code tells where it was built: ${folder} is named by ${modules}.`,
    remedy: () => 'Build with PyInstaller 6.16 or later, or in a folder whose path tells nothing.',
  },
};
