import { freshReport, rejudged, withCheck } from './sample.testing.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';

const arm = freshReport('linux-arm64');
const unseen = { outcome: 'not-applicable', reason: 'not looked for here: emulated', notLookedFor: 'emulated' } as const;
const emulated = rejudged({
  ...['performance.version', 'performance.ready', 'performance.memory'].reduce((report, id) => withCheck(report, id, unseen), arm),
  platform: { ...arm.platform, architecture: 'x86_64', emulation: { by: 'QEMU (qemu-aarch64-static)', slowdown: 7.1 } },
});

/** A report of a platform that no machine of it has run. */
export const emulatedSituations: readonly Situation[] = [
  {
    name: 'an emulator ran it, and nobody allowed that',
    plant: (release) => void release.report('linux-arm64', emulated),
    blocks: [
      'emulated: linux-arm64: its executable was emulated by QEMU (qemu-aarch64-static): no machine of linux-arm64 has run it. Verify on ' +
        'such a machine, or allow it with --allow-emulated linux-arm64.',
    ],
    exit: 1,
  },
  {
    name: 'an emulator ran it, which is allowed: made on another machine, and its times have no limits',
    plant: (release) => {
      release.report('linux-arm64', emulated);
      return argumentsOf(release, { more: ['--allow-emulated', 'linux-arm64'] });
    },
    blocks: [],
    exit: 0,
  },
  {
    name: 'an emulator is allowed, and the machine was one of another system',
    plant: (release) => {
      release.report('linux-arm64', { ...emulated, platform: { ...emulated.platform, os: 'Darwin', kernel: 'Darwin 25.1.0' } });
      return argumentsOf(release, { more: ['--allow-emulated', 'linux-arm64'] });
    },
    blocks: [
      'foreign-binary: linux-arm64: its report was made on a darwin machine (Darwin, x86_64). Verify on a machine of the platform.',
    ],
    exit: 1,
  },
  {
    name: 'what only an emulated run may leave out, on a machine of the platform',
    plant: (release) => void release.report('linux-arm64', { ...emulated, platform: arm.platform, verdict: arm.verdict }),
    blocks: [
      'not-applicable: linux-arm64: performance.ready and performance.memory cannot be not applicable on any platform. Verify again on ' +
        'a machine of this platform.',
      'not-applicable: linux-arm64: performance.version is not applicable, but the contract has what it judges. Verify again with this ' +
        'version of frostgate.',
      'not-applicable: linux-arm64: performance.version, performance.ready and performance.memory are not applicable (not looked for ' +
        'here: emulated), but ran on linux-amd64, the same system. Give this machine what it lacks and verify again.',
    ],
    exit: 1,
  },
];
