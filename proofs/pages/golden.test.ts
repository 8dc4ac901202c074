import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { compare, comparePicture, reduced } from './golden.ts';

/** A picture of 60 × 60 pixels with one colour, and another in the first ones. */
function picture(ground: number, first: number, pixels: number): PNG {
  const png = new PNG({ width: 60, height: 60 });
  png.data.fill(255);
  for (let index = 0; index < 60 * 60; index += 1) png.data.fill(index < pixels ? first : ground, index * 4, index * 4 + 3);
  return png;
}

test('half the size, in 16 levels', () => {
  const small = reduced(picture(250, 0, 30));
  expect([small.width, small.height]).toEqual([30, 30]);
  expect([...small.data.subarray(0, 4)]).toEqual([119, 119, 119, 255]);
  expect([...small.data.subarray(-4)]).toEqual([255, 255, 255, 255]);
});

test('a stray pixel is let pass, a changed word, colour or size is not', () => {
  expect(compare(picture(238, 0, 0), picture(238, 0, 3)).outcome).toBe('same');
  expect(compare(picture(238, 0, 0), picture(238, 0, 60)).outcome).toBe('different');
  expect(compare(picture(238, 0, 0), picture(221, 0, 0))).toEqual({ outcome: 'different', difference: '3600 of 3600 px differ from the ' +
    'picture in golden/' });
  expect(compare(picture(238, 0, 0), new PNG({ width: 60, height: 61 }))).toEqual({
    outcome: 'different', difference: 'the picture has 60 × 61 px, the one in golden/ 60 × 60',
  });
});

test('a picture that is kept compares as the same; one that is missing is not passed over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'frostgate-golden-'));
  try {
    const file = join(folder, 'pass-light.png');
    const screenshot = PNG.sync.write(picture(238, 20, 900));
    expect(await comparePicture(file, screenshot, false)).toEqual({ outcome: 'different', difference: 'there is no pass-light.png in ' +
      'golden/: npm run pages -- --update takes it' });
    expect(await comparePicture(file, screenshot, true)).toEqual({ outcome: 'new picture' });
    expect(await comparePicture(file, screenshot, false)).toEqual({ outcome: 'same' });
    expect((await comparePicture(file, PNG.sync.write(picture(238, 60, 900)), false)).outcome).toBe('different');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
