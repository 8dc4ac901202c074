import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decide } from '../../gate/decide.ts';
import { faultless } from '../../gate/read-release.testing.ts';
import { gateFolder, publish } from './gate-folder.ts';
import { ReleaseOnDisk } from '../../gate/release.testing.ts';
import { gateRenderings } from '../../gate/renderings.ts';

test('decisions at once on one folder end well: one whole decision, nothing left over', async () => {
  using release = new ReleaseOnDisk();
  const versions = ['1', '2', '3', '4', '5', '6'];
  await Promise.all(versions.map((toolVersion) => publish(decide(faultless({ toolVersion })), gateFolder(release.folder))));
  expect(readdirSync(release.folder)).toEqual(['gate']);
  expect(readdirSync(gateFolder(release.folder).target).toSorted()).toEqual(gateRenderings.map(({ file }) => file).toSorted());
  const [, winner = ''] = /"version": "(\d)"/.exec(readFileSync(release.path('gate/gate.json'), 'utf8')) ?? [];
  expect(versions).toContain(winner);
  expect(readFileSync(release.path('gate/gate.md'), 'utf8')).toContain(`Decided by frostgate ${winner} `);
});

test('the earlier decision is removed at once; a decision that does not pass leaves no SVR of another', async () => {
  using release = new ReleaseOnDisk();
  await publish(decide(faultless()), gateFolder(release.folder));
  await gateFolder(release.folder).clear();
  expect(readdirSync(release.folder)).toEqual([]);
  await publish(decide(faultless()), gateFolder(release.folder));
  await publish(decide(faultless({ required: ['windows-amd64'] })), gateFolder(release.folder));
  expect(readdirSync(gateFolder(release.folder).target).filter((name) => name.startsWith('svr'))).toEqual([]);
});
