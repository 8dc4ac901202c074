import { checkedAreas } from '../contract/catalogue.ts';

/** One flag of the command line. */
export type Flag = {
  /** What its value is, as the help shows it; absent when it takes none. */
  readonly value?: string;
  /** The only values it takes. */
  readonly words?: readonly string[];
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** What a message shows as a good value. */
  readonly example?: string;
};

/** The flags of `npm test`, in the order of the help; units and defaults stand in help.ts. */
export const flags = {
  binary: { value: 'FILE', example: 'dist/agent-runner' },
  baseline: { value: 'DIR', example: '.' },
  contract: { value: 'FILE', example: 'worker-contract.yaml' },
  profile: { value: 'PROFILE', words: ['quick', 'full'], example: 'quick' },
  only: { value: 'AREA', words: checkedAreas, repeatable: true, example: 'shutdown' },
  'prove-remedy': {},
  'temporal-address': { value: 'HOST:PORT', example: '127.0.0.1:7233' },
  'temporal-cli': { value: 'FILE', example: '/usr/local/bin/temporal' },
  services: { value: 'WHERE', words: ['auto', 'local', 'container'], example: 'local' },
  'report-dir': { value: 'DIR', example: 'reports' },
  json: {},
  quiet: {},
  'keep-rooms': {},
  'list-checks': {},
  help: {},
} as const satisfies Record<string, Flag>;

/** The name of a flag, without its dashes. */
export type FlagName = keyof typeof flags;

/** All names, in the order of the help. */
export const flagNames = Object.keys(flags).filter(isFlagName);

/** Whether a flag of this name exists. */
export function isFlagName(name: string): name is FlagName {
  return Object.hasOwn(flags, name);
}

/** A flag with its properties, whichever it is. */
export function flagOf(name: FlagName): Flag {
  return flags[name];
}

/** What a value must be, in words that fit after "needs" and "expected". */
export function expectedValue(name: FlagName): string {
  const { value, words } = flagOf(name);
  if (words !== undefined) return `one of ${words.join(', ')}`;
  if (value === 'FILE') return 'a file';
  return value === 'DIR' ? 'a folder' : 'HOST:PORT';
}
