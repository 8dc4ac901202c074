import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync } from 'node:fs';
import { digestOfTree } from '../runtimes/native/tree-digest.ts';
import type { ReleaseOnDisk } from './release.testing.ts';
import { argumentsOf, type Situation } from './situation.testing.ts';
import { binaryOf, freshReport, withCheck } from './sample.testing.ts';

const platform = 'linux-arm64';
const folder = `dist/agent-runner-${platform}`;
const data = `${folder}/_internal/data.json`;

/** Lets one platform of the release ship a folder, as a one-dir build is. */
async function shipFolder(release: ReleaseOnDisk): Promise<void> {
  rmSync(release.path(folder));
  chmodSync(release.file(`${folder}/agent-runner`, binaryOf(platform)), 0o755);
  release.file(data, '{"ok": true}');
  symlinkSync('data.json', release.path(folder, '_internal/link.json'));
  const { sizeBytes, ...tree } = await digestOfTree(release.path(folder));
  const report = withCheck(freshReport(platform), 'artifact.size', { value: sizeBytes });
  release.report(platform, { ...report, subject: report.subject && { ...report.subject, sizeBytes, tree } });
}

const stale = (what: string, change: (release: ReleaseOnDisk) => void): Situation => ({
  name: `a folder is shipped, and ${what}`,
  plant: async (release) => {
    await shipFolder(release);
    change(release);
  },
  blocks: [
    `stale: ${platform}: ${folder} (sha256 #…) is not the file that was verified (dist/agent-runner, sha256 #… with its folder). Verify ` +
      'this file, or ship that one.',
  ],
  exit: 1,
});

/** Situations of a release whose executable lies in a folder with what it needs. */
export const folderSituations: readonly Situation[] = [
  { name: 'a folder is shipped, untouched', plant: shipFolder, blocks: [], exit: 0 },
  stale('a file in it was changed after it was verified', (release) => appendFileSync(release.path(data), ' ')),
  stale('a file came to it', (release) => void release.file(`${folder}/_internal/extra.so`, 'x')),
  stale('a file is missing', (release) => unlinkSync(release.path(data))),
  stale('a file has another name', (release) => renameSync(release.path(data), release.path(`${folder}/_internal/Data.json`))),
  stale('a file may be executed that was not', (release) => chmodSync(release.path(data), 0o755)),
  stale('a link leads elsewhere', (release) => {
    unlinkSync(release.path(folder, '_internal/link.json'));
    symlinkSync('../agent-runner', release.path(folder, '_internal/link.json'));
  }),
  {
    name: 'of a folder that was verified only the executable is shipped',
    plant: async (release) => {
      await shipFolder(release);
      renameSync(release.path(folder, 'agent-runner'), release.path('dist/alone'));
      rmSync(release.path(folder), { recursive: true });
      renameSync(release.path('dist/alone'), release.path(folder));
    },
    blocks: [
      `stale: ${platform}: ${folder} (sha256 #…) is not the file that was verified (dist/agent-runner, sha256 #… with its folder). ` +
        'Verify this file, or ship that one.',
    ],
    exit: 1,
  },
  {
    name: 'a folder without an executable is shipped',
    plant: (release) => {
      rmSync(release.path(folder));
      mkdirSync(release.path(folder));
      return argumentsOf(release);
    },
    blocks: [
      `artifact-unreadable: ${folder} is to be shipped and cannot be read: it is a folder without an executable (ELF, Mach-O or PE) in ` +
        'it; name the folder that the build made, or the executable. Make it readable.',
      `artifact-unreadable: ${platform}: none of the artifacts that can be read is the executable that was verified for it ` +
        '(dist/agent-runner, sha256 #…). Name that file with --artifact.',
    ],
    exit: 3,
  },
];
