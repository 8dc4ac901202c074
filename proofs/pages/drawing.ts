import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import type { Browser } from 'playwright-core';
import { z } from 'zod';

// The pages use the fonts of the reader's system. To be compared with pictures they are drawn with DejaVu Sans and DejaVu Sans Mono,
// which are free and easy to have (Debian: fonts-dejavu-core). Where these are missing text breaks elsewhere; and where they are drawn
// otherwise (another Chromium, another FreeType), thousands of pixels differ although nothing has changed, while a changed word is
// six pixels. No tolerance separates the two, so pictures are compared only where a probe comes out exactly as it did where they were
// taken.

/** A style that puts the fonts of the comparison in place of the system's. */
export const comparisonFonts = `
body { font-family: "DejaVu Sans", serif !important; }
code, pre { font-family: "DejaVu Sans Mono", serif !important; }`;

const line = (font: string) => `<span style="font: ${font}; white-space: nowrap">Hamburgefonstiv 0123456789 ✓✕ — “WAVE” …</span><br>`;
const lines = ['400 15px DejaVu Sans, serif', '700 15px DejaVu Sans, serif', '400 13px DejaVu Sans Mono, serif'].map(line).join('');
const probe = `<body style="margin: 0">${lines}
<svg width="60" height="20"><circle cx="10.3" cy="10" r="3.5" fill-opacity=".55" stroke="#000"/>
<line x1="20" y1="2" x2="59" y2="17" stroke="#000"/></svg>`;

const drawing = z.strictObject({
  comment: z.string(),
  /** Tells a reader where the pictures come from; it decides nothing. */
  chromium: z.string(),
  /** Of the three lines of text, in px. */
  widths: z.array(z.number()),
  /** sha256 of the probe's pixels. */
  pixels: z.string(),
});

/** Whether text and shapes come out here as where the pictures were taken, and if not, how that shows. */
export type Drawing = { readonly comparable: true } | { readonly comparable: false; readonly reason: string };

/**
 * Compares the probe with the one recorded in `drawing.json` of the pictures' folder.
 * @param update records this machine's from now on.
 */
export async function drawingOf(browser: Browser, golden: string, update: boolean): Promise<Drawing> {
  const file = join(golden, 'drawing.json');
  const here = await drawProbe(browser);
  if (update) {
    await writeFile(file, `${JSON.stringify(here, null, 2)}\n`);
    return { comparable: true };
  }
  const there = drawing.parse(JSON.parse(await readFile(file, 'utf8')));
  if (String(here.widths) !== String(there.widths)) return { comparable: false, reason: 'other fonts: install DejaVu Sans (Debian: ' +
    'fonts-dejavu-core)' };
  if (here.pixels !== there.pixels) return { comparable: false, reason: `text is drawn differently by Chromium ${here.chromium} than ` +
    `by ${there.chromium}` };
  return { comparable: true };
}

async function drawProbe(browser: Browser): Promise<z.infer<typeof drawing>> {
  const page = await browser.newPage({ viewport: { width: 600, height: 120 } });
  try {
    await page.setContent(probe);
    const widths = await page.evaluate<number[]>(`[...document.querySelectorAll('span')].map((text) => ` +
      'Math.round(text.getBoundingClientRect().width * 100) / 100)');
    const pixels = createHash('sha256').update(PNG.sync.read(await page.screenshot()).data).digest('hex');
    return {
      comment: 'The probe of drawing.ts, as it came out where the pictures were taken.', chromium: browser.version(), widths, pixels,
    };
  } finally {
    await page.close();
  }
}
