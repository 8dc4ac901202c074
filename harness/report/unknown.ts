import { findingsOf } from '../model/explain.ts';
import type { CheckResult, Report } from '../model/report.ts';
import { oneLine, shorten } from '../model/text.ts';

/** The last line of a Python traceback: `desk.errors.NoPaper: the tray is empty`. */
const raised = /^\s*(?:\w+: )?((?:[A-Za-z_]\w*\.)*[A-Z]\w*(?:Error|Exception|Warning|Exit|Interrupt)?: \S.*)$/;

/** `File "desk/jobs.py", line 12, in weigh`; a frozen program names its own files by their paths in the project. */
const frame = /^\s*File "([^"]+\.py)", line (\d+), in (\S+)/;

/** What comes with Python, with the SDK and with PyInstaller, by the beginning of the path that a frozen program shows. */
const notOwn = new RegExp(String.raw`(?:^|[\\/])(?:temporalio|asyncio|concurrent|threading|importlib|runpy|PyInstaller|pyimod\d|` +
  String.raw`site-packages|lib[\\/]python3)`);

const mostFrames = 3;

/**
 * What can be said of a failed check that nothing explains: the error that stands in its evidence, where the program's own code raised it,
 * and how to report it; undefined where something explains it, or no error is there.
 */
export function unknownSentence(report: Report, { id, outcome, evidence }: CheckResult): string | undefined {
  if (outcome !== 'fail' || report.contents === null || findingsOf(report, id).length > 0) return undefined;
  for (const { path, excerpt = [] } of evidence) {
    const at = excerpt.findLastIndex(({ text }, index) => raised.test(text) && isBelowFrame(excerpt, index));
    const [, error = ''] = raised.exec(excerpt[at]?.text ?? '') ?? [];
    if (error === '') continue;
    const begun = excerpt.slice(0, at).findLastIndex(({ text }) => text.includes('Traceback (most recent call last)'));
    const frames = excerpt.slice(begun + 1, at).flatMap(({ text }) => {
      const [, file = '', line, name] = frame.exec(text) ?? [];
      return file === '' || notOwn.test(file) ? [] : [`${file}:${line} (${name})`];
    });
    const where = frames.length === 0 ? '' : `, raised by ${frames.slice(-mostFrames).join(', ')}`;
    const seen = `${shorten(oneLine(error), 300)}${where} (${path}, line ${excerpt[at]?.number})`;
    return `no known hazard: ${seen}. Does the source do the same? Then it is the program; else report it with what npm run inspect -- ` +
      'FILE --baseline DIR --bundle-evidence evidence.json writes.';
  }
  return undefined;
}

/** Whether an indented line of a traceback stands directly above. */
function isBelowFrame(excerpt: readonly { readonly text: string }[], index: number): boolean {
  return /^\s+\S/.test(excerpt[index - 1]?.text ?? '');
}
