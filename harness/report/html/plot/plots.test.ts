import { describe, expect, test } from 'vitest';
import { html } from '../markup.ts';
import { readPage, type PageElement } from '../read-page.testing.ts';
import { changePlot } from './changes.ts';
import { axis } from './frame.ts';
import { growthPlot } from './growth.ts';
import { linePlot } from './line.ts';
import { stripPlot, waterfall } from './rows.ts';
import { treemap } from './treemap.ts';

const of = (elements: readonly PageElement[], name: string, style: string) =>
  elements.filter((element) => element.name === name && element.attributes['class'] === style);

describe('axis', () => {
  test.each([
    [1332, 'ms', ['0', '0.5 s', '1 s', '1.5 s']],
    [418, 'ms', ['0', '100 ms', '200 ms', '300 ms', '400 ms', '500 ms']],
    [4, 's', ['0', '1 s', '2 s', '3 s', '4 s']],
    [183.8e6, 'bytes', ['0', '50 MB', '100 MB', '150 MB', '200 MB']],
    [0, 'bytes', ['0', '0.2 bytes', '0.4 bytes', '0.6 bytes', '0.8 bytes', '1 bytes']],
  ] as const)('up to %d %s', (maximum, unit, labels) => {
    expect(axis(maximum, unit).ticks.map(({ label }) => label)).toEqual(labels);
  });

  test('begins at 0, and what lies outside stands at its ends', () => {
    const { percent } = axis(200, 'ms');
    expect([0, 100, 200, -50, 1e9].map(percent)).toEqual([0, 50, 100, 0, 100]);
  });
});

describe('strip plot', () => {
  const rows = [{ name: 'subject', tone: 'subject', samples: [100, 300, 200], median: 200 }] as const;

  test('has a dot for every sample, a tick at the median and the limit where it belongs', () => {
    const elements = readPage(String(stripPlot({ title: 'start to ready', unit: 'ms', rows, limit: 400 })));
    expect(of(elements, 'circle', 'dot').map(({ attributes }) => attributes['cx'])).toEqual(['25%', '75%', '50%']);
    expect(of(elements, 'line', 'median').map(({ attributes }) => attributes['x1'])).toEqual(['50%']);
    expect(of(elements, 'line', 'limit').map(({ attributes }) => attributes['x1'])).toEqual(['100%']);
    expect(elements.find(({ name }) => name === 'desc')?.text).toBe('subject: median 200 ms, from 100 ms to 300 ms, n 3. Limit 400 ms.');
  });

  test('a limit far away is named, but does not press the samples together', () => {
    const elements = readPage(String(stripPlot({ title: 'start to ready', unit: 'ms', rows, limit: 10_000 })));
    expect(of(elements, 'line', 'limit')).toEqual([]);
    expect(of(elements, 'text', 'limit-name').map(({ text }) => text)).toEqual(['limit 10.0 s →']);
    expect(of(elements, 'circle', 'dot')[1]?.attributes['cx']).toBe('100%');
    expect(elements.find(({ name }) => name === 'desc')?.text).toMatch(/Limit 10.0 s, beyond the end of the axis\.$/);
  });
});

test('a waterfall puts the spans end to end', () => {
  const spans = [
    { name: 'unpacking', shade: 'one', from: 0, to: 500 },
    { name: 'connecting', shade: 'three', from: 500, to: 900 },
  ] as const;
  const elements = readPage(String(waterfall('start', [{ name: 'subject', spans }])));
  const bars = elements.filter(({ name }) => name === 'rect').map(({ attributes }) => [attributes['x'], attributes['width']]);
  expect(bars).toEqual([['0%', '50%'], ['50%', '40%']]);
  expect(elements.find(({ name }) => name === 'desc')?.text).toBe('subject: unpacking 500 ms, connecting 400 ms.');
});

describe('treemap', () => {
  const cells = [
    { name: 'half', tone: 'subject', value: 50e6 },
    { name: 'a quarter with a long name', tone: 'manager', value: 25e6 },
    { name: 'other quarter', tone: 'subject', value: 24.95e6 },
    { name: 'speck', tone: 'baseline', value: 0.05e6 },
  ] as const;
  const drawn = (name: string) => {
    const [, inside = ''] = String(treemap('size', cells)).split(`<div class="${name}">`);
    return readPage(inside.split('</div>', 1)[0] ?? '');
  };

  test.each([['wide', 360], ['narrow', 440]])('%s: areas are the values, and fill the whole', (name, heightPx) => {
    const areas = of(drawn(name), 'rect', 'cell').map(
      ({ attributes }) => (Number.parseFloat(attributes['width'] ?? '') / 100) * (Number(attributes['height']) / heightPx),
    );
    expect(areas.map((area) => Math.round(area * 1000) / 1000)).toEqual([0.5, 0.25, 0.249, 0.001].map((area) => expect.closeTo(area, 2)));
    expect(areas.reduce((sum, area) => sum + area, 0)).toBeCloseTo(1, 2);
  });

  test('has labels where they fit, cut where they nearly do, and every name in words', () => {
    const labels = (name: string) => drawn(name).filter((element) => element.name === 'text').map(({ text }) => text);
    expect(labels('wide')).toEqual(['half', '50 MB', 'a quarter with a long name', '25 MB', 'other quarter', '24.9 MB']);
    expect(labels('narrow')).toEqual(['half', '50 MB', 'a quarter …', '25 MB', 'other quarter', '24.9 MB']);
    expect(drawn('narrow').find(({ name }) => name === 'desc')?.text).toBe('half 50 MB, a quarter with a long name 25 MB, other ' +
      'quarter 24.9 MB, speck 50 kB.');
    expect(drawn('wide').filter(({ name }) => name === 'title').at(-1)?.text).toBe('speck: 50 kB');
  });

  test('a label that is cut where there is little room is whole where there is more', () => {
    const parts = [{ name: 'x', tone: 'subject', value: 80 }, {
      name: 'a rather long name', tone: 'subject', value: 12,
    }, { name: 'b', tone: 'subject', value: 8 }] as const;
    const shown = readPage(
      String(html`<div>${treemap('t', parts)}</div>`),
    ).filter(({ attributes }) => /tight|roomy/.test(attributes['class'] ?? ''));
    expect(shown.map(({ attributes, text }) => [attributes['class'], text])).toEqual([
      ['cell-text tight', 'a rather long…'], ['cell-text roomy', 'a rather long name'],
    ]);
  });

  test('names are escaped, and whether there is a label depends on their length alone', () => {
    const named = (name: string) =>
      String(html`<figure>${treemap('t', [{ name, tone: 'subject', value: 1 }])}</figure>`);
    const shapes = [
      '<script>alert(1)</script>', '\u202E\u0000'.repeat(12).slice(0, 24) + '!', 'x'.repeat(25),
    ].map((name) => readPage(named(name)).map((element) => element.name));
    expect(shapes[0]).not.toContain('script');
    expect(shapes).toEqual([shapes[0], shapes[0], shapes[0]]);
  });
});

test('a line plot has its values at their height and its words', () => {
  const lines = [{ name: 'subject', tone: 'subject', points: [{ x: 0, value: 100e6 }, { x: 2, value: 200e6 }] }] as const;
  const elements = readPage(
    String(linePlot({ title: 'memory', unit: 'bytes', lines, end: 4, xTicks: [{ x: 0, label: '1.0.0' }, { x: 4, label: '1.2.0' }] })),
  );
  expect(elements.find(({ name }) => name === 'polyline')?.attributes['points']).toBe('0,50 50,0');
  expect(elements.find(({ name }) => name === 'desc')?.text).toBe('subject: from 100 MB to 200 MB, at most 200 MB, 2 points.');
  expect(
    elements.filter(({ name }) => name === 'text').map(({ text }) => text),
  ).toEqual(['0', '50 MB', '100 MB', '150 MB', '200 MB', '1.0.0', '1.2.0']);
});

test('names in plots are escaped and shortened', () => {
  const rows = [{ name: '<script>'.repeat(9), tone: 'manager', samples: [], median: 0 }] as const;
  const plot = String(html`<figure>${stripPlot({ title: '"<', unit: 'ms', rows })}</figure>`);
  expect(readPage(plot).filter(({ name }) => name === 'script')).toEqual([]);
  expect(plot).toContain('<text class="name" x="0" y="14">&lt;script&gt;&lt;script&gt;&lt;script&gt;&lt;scr…</text>');
});

describe('change plot', () => {
  const row = {
    name: 'CPU to ready', answer: 'fail', value: 'fail +8 %', inWords: 'CPU is 8 % higher.', percents: [6, 8, 10], effect: 8,
    interval: [7, 9], limit: 5,
  } as const;
  const placesOf = (rows: Parameters<typeof changePlot>[1]) => {
    const elements = readPage(String(changePlot('change', rows)));
    const at = (name: string, style: string, key: string) => (
      of(elements, name, style).map(({ attributes }) => Number.parseFloat(attributes[key] ?? ''))
    );
    return {
      zero: at('line', 'zero', 'x1')[0] ?? NaN, dots: at('circle', 'dot', 'cx'), limits: at('line', 'limit', 'x1'),
      from: at('rect', 'cell', 'x')[0] ?? NaN, wide: at('rect', 'cell', 'width')[0] ?? NaN, texts: elements.map(({ text }) => text),
    };
  };

  test('a dot for each pair, the interval as a bar and the limit as a line, all on one axis', () => {
    const { zero, dots, limits: [limit = NaN], from, wide } = placesOf([row]);
    const percent = (dots[1] ?? NaN) - zero;
    const places = [(dots[0] ?? NaN) - zero, (dots[2] ?? NaN) - zero, limit - zero, from - zero, wide];
    expect(places.map((each) => Math.round(80 * each / percent) / 10)).toEqual([6, 10, 5, 7, 2]);
  });

  test('one pair far off, or a limit, does not press the others together', () => {
    const { dots, limits, texts, zero } = placesOf([{ ...row, percents: [...Array.from({ length: 40 }, () => 8), 900], limit: 50 }]);
    expect([dots.at(-1), limits, texts.some((text) => text === 'limit 50 % →')]).toEqual([100, [], true]);
    expect((dots[0] ?? 0) - zero).toBeGreaterThan(50);
  });
});

test('growth has its bars on both sides of where nothing changed, or on one', () => {
  const barsOf = (bytes: readonly number[]) => {
    const rows = bytes.map((each) => ({ name: 'x', bytes: each, remark: '' }));
    return of(readPage(String(growthPlot('growth', rows))), 'rect', 'span').map(({ attributes }) => [attributes['x'], attributes['width']]);
  };
  expect(barsOf([4, -2])).toEqual([['50%', '50%'], ['25%', '25%']]);
  expect(barsOf([4, 1])).toEqual([['0%', '100%'], ['0%', '25%']]);
});
