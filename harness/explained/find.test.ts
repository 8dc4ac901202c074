import { expect, test } from 'vitest';
import { find, nearestId } from './find.ts';
import { readPages } from './pages.ts';

const pages = readPages();

const pageOf = (id: string) => {
  const found = find(id, pages);
  return found && 'page' in found ? found.page : undefined;
};

test.each([
  ['a check as the catalogue has it', 'registration.sole', 'registration.sole'],
  ['a row that goes before a derived one', 'shutdown.sigkill.parent.idle', 'shutdown.sigkill.parent.idle'],
  ['a check that a signal gives', 'shutdown.sigterm.parent.idle', 'shutdown.<signal>.parent.idle'],
  ['the row of it', 'shutdown.<signal>.parent.idle', 'shutdown.<signal>.parent.idle'],
  ['a check that a variable gives', 'environment.LOG_LEVEL.missing', 'environment.<NAME>.missing'],
  ['a check that an execution gives', 'execution.runs-a-tool', 'execution.<name>'],
  ['a check of the same area that no execution gives', 'execution.replay', 'execution.replay'],
  ['a hazard in small letters', 'tw-18', 'TW-18'],
  ['a hazard without a number', 'Bootloader', 'bootloader'],
])('%s has its page', (_, id, entry) => {
  expect(pageOf(id)).toMatchObject({ entry });
});

test('what an id tells stands in its page', () => {
  expect(pageOf('shutdown.sigint.parent.idle')).toMatchObject({
    id: 'shutdown.sigint.parent.idle', title: 'SIGINT to the started process ends an idle worker in order',
  });
  const { id, title, means, seen, paste } = pageOf('environment.LOG_LEVEL.missing') ?? {};
  expect([id, title, means, seen, paste].filter((text) => !text?.includes('LOG_LEVEL') || text.includes('<NAME>'))).toEqual([]);
});

test.each([
  ['shutdown', 11, 'shutdown.<signal>.parent.idle'],
  ['SE', 4, 'SE-01'],
  ['environment.<NAME>.<case>', 4, 'environment.<NAME>.honoured'],
])('%s stands for several pages', (id, count, first) => {
  const found = find(id, pages);
  const listed = found && 'pages' in found ? found.pages : [];
  expect([listed.length, listed[0]?.id]).toEqual([count, first]);
});

test.each([
  ['shutdown.survivers', 'shutdown.survivors'],
  ['shutdown.sigtrem.parent.idel', 'shutdown.sigterm.parent.idle'],
  ['shutdown.sigint.parent.idel', 'shutdown.sigint.parent.idle'],
  ['environment.LOG_LEVEL.mising', 'environment.LOG_LEVEL.missing'],
  ['TW-81', 'TW-01'],
  ['shutdwn', 'shutdown'],
  ['REGISTRATION.SOLE', 'registration.sole'],
  ['constructor', undefined],
  ['', undefined],
  ['x'.repeat(101), undefined],
])('%s is nothing, and the nearest is named', (id, meant) => {
  expect(find(id, pages)).toBeUndefined();
  expect(nearestId(id, pages)).toBe(meant);
});
