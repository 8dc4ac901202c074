import { isRepeatable } from '../contract/repeatable.ts';
import { CheckFailed } from '../model/errors.ts';
import { textOf } from '../services/conversation.ts';
import type { Actor, Done, Plan } from './actor.ts';
import { mustGoWell } from './drive.ts';
import { compare } from './expectation.ts';
import { numbered } from './numbered.ts';
import { inputTexts, varied } from './varied.ts';

/** Letters with marks of their own, right to left, of three and four bytes, and signs that are several characters: none may be lost. */
const foreign = 'Grüße, Ελλάδα, שלום, مرحبا, हिन्दी, 日本語, e\u0301 a\u0308, 👩🏽‍🚀 𝒳 🏳️‍🌈, end';
/** The same length in ASCII: what takes this as well takes any text. */
const plain = 'Greetings, Hellas, shalom, marhaba, hindi, nihongo, e a, astronaut x flag, the end'
  .slice(0, foreign.length).padEnd(foreign.length, '.');

/**
 * Whether a text with letters of many scripts arrives at the model as it was put in, and its answer comes back so. It is put behind that
 * text of the input which goes to the model and may be any text: shown by another one of ASCII letters.
 * @returns false when the input has no such text, and what went wrong when the model or the caller gets another text.
 */
export async function wholeText(actor: Actor, plan: Plan): Promise<boolean | CheckFailed> {
  const alone = await mustGoWell(actor, plan);
  if (!isRepeatable(plan)) return false;
  const going = inputTexts(alone.plan ?? plan).filter(({ text }) => promptOf(alone).includes(text));
  for (const { path } of going) {
    const control = await withText(actor, plan, path, plain);
    if (compare(control.own, control.done) !== undefined) continue;
    if (!promptOf(control.done).includes(control.text)) {
      return notWhole(plan, control, 'a part of its input only', `a text of ${control.text.length} ASCII characters`);
    }
    const other = await withText(actor, plan, path, foreign);
    const difference = compare(other.own, other.done);
    if (!promptOf(other.done).includes(other.text) && promptOf(other.done) !== '') {
      return notWhole(plan, other, 'another text than its input', 'non-ASCII text');
    }
    if (difference === undefined) return true;
    return new CheckFailed(`"${plan.name}" with non-ASCII text: ${difference.sentence}`, { ...difference.difference, remedy });
  }
  return false;
}

type WithText = { readonly own: Plan; readonly text: string; readonly done: Done };

async function withText(actor: Actor, plan: Plan, path: readonly (string | number)[], tail: string): Promise<WithText> {
  const number = actor.nextNumber();
  const base = numbered(plan, number);
  const change = (text: string): string => `${text} ${tail}`;
  const own = varied(base, [path], change);
  const before = inputTexts(base).find((each) => each.path.join('\0') === path.join('\0'))?.text ?? '';
  return { own, text: change(before), done: await actor.execute(own, { number, trial: true }) };
}

const promptOf = ({ asked = [] }: Done): string => asked.map(({ body }) => textOf(body?.messages ?? [])).join('\n');

const remedy = 'keep texts as Unicode from end to end: no encode with errors="replace" or "ignore", no default encoding of the platform, ' +
  'no cut by bytes; frozen executables often run with another default encoding than from source (PYTHONUTF8)';

function notWhole({ name }: Plan, { text, done }: WithText, what: string, given: string): CheckFailed {
  const prompt = promptOf(done);
  const at = prompt.indexOf(text.slice(0, text.length - foreign.length));
  return new CheckFailed(`"${name}" asks the model with ${what}: ${given} does not arrive whole`, {
    expected: JSON.stringify(text),
    got: at === -1 ? 'nothing of it in the messages to the model' : JSON.stringify(prompt.slice(at, at + text.length)),
    remedy: what.startsWith('a part') ? 'look for a limit on the length of the prompt, in characters or bytes' : remedy,
  });
}
