import { oneLine } from '../model/text.ts';
import type { Observed, SeenFlag, Shape } from './observed.ts';

/** Something by which a worker is told how to work: a variable, or a flag. */
export type Knob = {
  /** As a contract names it: TEMPORAL_ADDRESS, --task-queue. */
  readonly name: string;
  readonly default?: string | undefined;
  /** Said to be needed by the code; only a launch without it shows that. */
  readonly required: boolean;
  readonly secret: boolean;
  readonly type?: 'integer' | 'boolean' | 'url' | 'path' | undefined;
  readonly allowed?: readonly string[] | undefined;
  readonly help?: string | undefined;
  /** Named in the source, and not asked for as it started. */
  readonly isLate?: boolean | undefined;
  /** The library that asked for it; undefined for the worker's own code. */
  readonly library?: string | undefined;
};

/** Variables that say where a process is, which every launch has. */
export const everywhere = /^(?:PATH|HOME|PWD|OLDPWD|SHELL|USER|LOGNAME|LANG|LANGUAGE|LC_\w+|TERM|TMPDIR|TMP|TEMP|TZ|COLUMNS|LINES|CI)$/;
const secrets = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIALS?)$/i;
/** What a library is told by a person: which model, with which key. Its own switches are not part of a worker's contract. */
const toldToLibraries = /_(?:API_KEY|BASE_URL|API_BASE)$/;

/** Every variable and flag that the launches show, by name; the flags are those of the subcommand that was chosen. */
export function knobsOf(seen: readonly Observed[], command: readonly string[]): Map<string, Knob> {
  const found: Knob[] = [];
  const add = (knob: Knob): void => void found.push(knob);
  for (const { settings, variables, flags } of seen) {
    for (const { name, default: preset, required, secret, shape, help } of settings) {
      const guessed = knobNamed(name, preset);
      add({ ...guessed, ...(shape && typeOf(shape)), allowed: shape?.allowed, required, secret: secret || guessed.secret, help });
    }
    for (const { name, default: preset, required, own, by } of variables) {
      if (everywhere.test(name) || (!own && !toldToLibraries.test(name))) continue;
      add({ ...knobNamed(name, preset), required, ...(!own && { library: by.split('.', 1)[0] }) });
    }
    for (const flag of flags.filter(({ path, plain: isSwitch }) => !isSwitch && path.every((word, index) => word === command[index]))) {
      const name = spelling(flag);
      if (name === undefined) continue;
      const { default: preset, required, choices, help, kind } = flag;
      add({
        ...knobNamed(name, preset), required, allowed: choices ?? undefined, help, ...(kind === 'int' && { type: 'integer' }),
      });
    }
  }
  return new Map(merged(found).map((knob) => [knob.name, knob]));
}

/** Each once, in the order in which they come; of what several say of one the first word counts, and of own code and a library own code. */
export function merged(all: readonly Knob[]): Knob[] {
  const knobs = new Map<string, Knob>();
  for (const knob of all) {
    const known = knobs.get(knob.name);
    knobs.set(knob.name, known === undefined ? knob : {
      ...knob, ...Object.fromEntries(Object.entries(known).filter(([, value]) => value !== undefined)),
      required: known.required || knob.required, secret: known.secret || knob.secret,
      library: knob.library === undefined ? undefined : known.library,
    });
  }
  return [...knobs.values()];
}

/** The longest spelling of a flag; undefined for an argument without one. */
export const spelling = ({ words }: Pick<SeenFlag, 'words'>): string | undefined => words.toSorted((a, b) => b.length - a.length)[0];

/** What its name and its default tell of it. */
export function knobNamed(name: string, preset: string | undefined): Knob {
  const text = preset === '' ? undefined : preset;
  const type = /_(?:DIR|DIRECTORY|FILE|PATH)$/.test(name) ? 'path' : text === undefined ? undefined
    : /^-?\d+$/.test(text) ? 'integer' : /^(?:true|false)$/i.test(text) ? 'boolean' : /^\w+:\/\//.test(text) ? 'url' : undefined;
  const secret = secrets.test(name) && !/TLS|CERT/i.test(name);
  return { name, ...(text && { default: text }), required: false, secret, ...(type && { type }) };
}

function typeOf({ kind }: Shape): Pick<Knob, 'type'> {
  return kind === 'integer' || kind === 'boolean' ? { type: kind } : {};
}

/** Its help as one line that ends with a full stop. */
export function described({ help, library }: Knob): string | undefined {
  const text = help === undefined ? undefined : oneLine(help).replace(/[.\s]*$/, '.');
  return text ?? (library === undefined ? undefined : `Read by ${library}.`);
}
