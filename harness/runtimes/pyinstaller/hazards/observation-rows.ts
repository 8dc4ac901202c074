import type { Observation, ObservationKind } from '../../../model/observation.ts';
import type { ObservationRow } from '../../../model/observation-row.ts';
import { hintRows } from './hint-rows.ts';
import { remedyFor } from './remedy-text.ts';
import type { Args } from '../../../model/signature.ts';

const by = ({ importer }: Args) => (importer === undefined ? '' : ` by \`${importer}\``);
const sandbox = 'temporalio.worker.workflow_sandbox._in_sandbox';

function missingModuleHazard({ module = '', standardLibrary }: Args): string {
  if (module === sandbox) return 'TW-17';
  if (standardLibrary !== undefined) return 'BC-07';
  return /(?:_pb2|\.v\d)/.test(module) ? 'BC-12' : 'BC-02';
}

/** Facts of the bundle, of the bundle against the baseline, the lock file and the contract. */
export const observationRows: Record<ObservationKind, ObservationRow> = {
  'missing-module': {
    hazard: missingModuleHazard,
    cause: (args) => {
      const { module = '', package: owner, modules = owner === undefined ? module : `modules of ${owner}`, distribution } = args;
      if (module === sandbox) return 'The Temporal SDK imports its sandbox module inside an exec string, which PyInstaller cannot see; ' +
        'the module is not in the binary.';
      const one = !modules.includes(', ') && owner === undefined;
      return `\`${modules}\` ${one ? 'is' : 'are'} imported at run time${by(args)}, but ${one ? 'is' : 'are'} not in the ` +
        `binary${distribution === undefined ? '' : `, although ${distribution} is installed`}.`;
    },
    remedy: (args) => `${remedyFor(missingModuleHazard(args), args)} and rebuild.`,
  },
  'other-kind': {
    hazard: () => 'BC-01',
    cause: ({ module, distributions, frozen, loaded, file }) =>
      `${distributions === undefined ? 'Two distributions provide' : `Two distributions, ${distributions}, provide`} \`${module}\`: ` +
        `from source it is the ${loaded}${file === undefined ? '' : ` ${file}`}, the bundle froze the ${frozen} of the other.`,
    remedy: (args) => `${remedyFor('BC-01', args)}, or remove site-packages/${args['module']}/ in the build venv. hiddenimports will ` +
      'not help.',
  },
  'missing-data': {
    hazard: () => 'BC-04',
    cause: (args) => `${args['files'] ?? args['file']} is read at run time${by(args)}, but is not in the binary.`,
    remedy: (args) => `${remedyFor('BC-04', args)} and rebuild.`,
  },
  'missing-metadata': {
    hazard: () => 'BC-05',
    cause: (args) => `The metadata of the distribution ${args['distribution']} are read at run time${by(args)}, but are not in the binary.`,
    remedy: (args) => `${remedyFor('BC-05', args)} and rebuild.`,
  },
  'missing-plugins': {
    hazard: () => 'BC-03',
    cause: ({ namespace, modules }) => `The namespace package \`${namespace}\` is in the binary, but empty: whoever looks for plugins ` +
      `there finds none of ${modules}.`,
    remedy: (args) => `${remedyFor('BC-03', args)} and rebuild.`,
  },
  'missing-entry-point': {
    hazard: () => 'BC-06',
    cause: ({ name, group, distribution, missing, target }) =>
      `The entry point ${name} of the group ${group} is ${missing === 'module' ? `announced in the binary, but its module \`${
        target}\` is not there` : `not in the binary: the metadata of ${distribution} are missing or have no entry_points.txt`}.`,
    remedy: (args) => `${remedyFor('BC-06', args)} and rebuild.`,
  },
  'stale-source': {
    hazard: () => 'BC-10',
    cause: ({ module, file }) => `The frozen \`${module}\` is not made from ${file} as it is in the working tree: the binary is older ` +
      'than the source, or newer.',
    remedy: () => 'Rebuild from this working tree: poetry run pyinstaller --clean with the spec file; or check out the commit that the ' +
      'binary was built from.',
  },
  'other-version': {
    hazard: () => 'BC-10',
    cause: ({ distribution, found, locked }) => `The binary holds ${distribution} ${found}, poetry.lock says ${locked}: it was built ` +
      'from another environment.',
    remedy: () => 'Run poetry install --sync, then rebuild with poetry run pyinstaller --clean and the spec file.',
  },
  'development-tool': {
    hazard: () => 'BC-08',
    cause: ({ module }) => `\`${module}\` is in the binary, which a worker does not need: it was in the build's environment, and ` +
      'something mentions it.',
    remedy: (args) => `${remedyFor('BC-08', args)} and rebuild, or build from an environment without it (poetry install --only main).`,
  },
  secret: {
    hazard: () => 'SE-01',
    cause: ({ what, where }) => `${what} is frozen into the binary (${where}): whoever has the binary can unpack it.`,
    remedy: ({ where }) => `Revoke it and make a new one, take ${where} out of datas=[…] or out of the source, and rebuild.`,
  },
  'glibc-floor': {
    hazard: () => 'NA-01',
    cause: ({ member, needs, allowed, blame }) => `${member} needs glibc ${needs}, the contract promises ${allowed}; it comes from ` +
      `${blame}.`,
    remedy: ({ blame, allowed, origin }) =>
      origin !== 'wheel' ? `Build on a distribution with glibc ${allowed} or older, for example in a manylinux image, or raise ` +
        'bundle.glibc in the contract.' : `Install a wheel of ${blame} for glibc ${allowed} or older ` +
          `(manylinux_${allowed?.replace('.', '_')}), or raise bundle.glibc in the contract.`,
  },
  'macos-floor': {
    hazard: () => 'NA-09',
    cause: ({ member, needs, allowed, blame }) => `${member} needs macOS ${needs}, the contract promises ${allowed}; it comes from ` +
      `${blame}.`,
    remedy: ({ allowed }) => `Build with MACOSX_DEPLOYMENT_TARGET=${allowed} and wheels for macOS ${allowed}, or raise bundle.macos in ` +
      'the contract.',
  },
  'foreign-member': {
    hazard: () => 'NA-02',
    cause: ({ member, found, expected }) => `${member} is built for ${found}, the executable for ${expected}.`,
    remedy: ({ member, expected }) => `Take ${member} from a wheel for ${expected}, and build on a machine of that kind.`,
  },
  'other-python': {
    hazard: () => 'BC-10',
    cause: ({ found, expected, against }) => `The binary holds Python ${found}, ${against} says ${expected}.`,
    remedy: () => 'Build with the interpreter of the Poetry environment: poetry run pyinstaller --clean with the spec file.',
  },
  'damaged-member': {
    hazard: () => 'BC-16',
    cause: ({ member }) => `${member} in the binary is damaged: it does not inflate to what was packed.`,
    remedy: () => 'Copy, download or build the file again; do not strip, pack or patch it after the build.',
  },
  ...hintRows,
};

/** The hazard of a fact. */
export function hazardOf({ kind, args }: Observation): string {
  return observationRows[kind].hazard(args);
}
