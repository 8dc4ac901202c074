import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';

/** How a picture compares with the one in golden/. */
export type Comparison = { readonly outcome: 'same' | 'new picture' } | { readonly outcome: 'different'; readonly difference: string };

/**
 * Measured on pages of 600,000 to 1,700,000 pixels: the same page on the same machine differs in 0 pixels, each time; one dot less
 * in a plot in 9, one digit in 7, a badge of another colour in 300, a slightly lighter line colour in 14,600.
 */
const tolerancePixels = 3;
/** Of the largest difference of two colours (pixelmatch); one of the 16 levels is more. */
const threshold = 0.02;

/** Compares a screenshot with its picture in golden/, or replaces that when `update` says so. */
export async function comparePicture(file: string, screenshot: Buffer, update: boolean): Promise<Comparison> {
  const actual = reduced(PNG.sync.read(screenshot));
  if (update) {
    // Without filters, runs of one colour stay runs: these pictures come out at two thirds of the size.
    await writeFile(file, PNG.sync.write(actual, { colorType: 2, deflateLevel: 9, deflateStrategy: 0, filterType: 0 }));
    return { outcome: 'new picture' };
  }
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return { outcome: 'different', difference: `there is no ${basename(file)} in golden/: npm run pages -- ` +
    '--update takes it' };
  return compare(PNG.sync.read(bytes), actual);
}

/** Whether two pictures are the same, but for what pixelmatch takes for antialiasing. */
export function compare(expected: PNG, actual: PNG): Comparison {
  const { width, height } = expected;
  if (width !== actual.width || height !== actual.height) {
    return { outcome: 'different', difference: `the picture has ${actual.width} × ${actual.height} px, the one in golden/ ${width} × ` +
      `${height}` };
  }
  const different = pixelmatch(expected.data, actual.data, undefined, width, height, { threshold });
  if (different <= tolerancePixels) return { outcome: 'same' };
  return { outcome: 'different', difference: `${different} of ${width * height} px differ from the picture in golden/` };
}

const levels = 16;

/**
 * The picture at half its width and height, each pixel the mean of four, in 16 levels of each colour: small enough to be kept in
 * the repository, and still a tenth of a megabyte with every section to be seen.
 */
export function reduced(picture: PNG): PNG {
  const width = Math.floor(picture.width / 2);
  const height = Math.floor(picture.height / 2);
  const small = new PNG({ width, height });
  const step = 255 / (levels - 1);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      for (let channel = 0; channel < 4; channel += 1) {
        const at = (dx: number, dy: number) => picture.data[((2 * y + dy) * picture.width + 2 * x + dx) * 4 + channel] ?? 0;
        const mean = (at(0, 0) + at(1, 0) + at(0, 1) + at(1, 1)) / 4;
        small.data[(y * width + x) * 4 + channel] = Math.round(Math.round(mean / step) * step);
      }
    }
  }
  return small;
}
