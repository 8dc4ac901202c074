import type { RunContext } from './run-context.ts';

/** Something that checks stand on: made once for a run at its first use, ended with the run. */
export type Fixture<T> = {
  readonly name: string;
  /** The value; whoever asks later gets the same, or the same error: a failed set-up is not tried again. */
  readonly in: (scope: Scope) => Promise<T>;
  /** The value if somebody has asked for it, undefined otherwise. */
  readonly begunIn: (scope: Scope) => Promise<T> | undefined;
};

/**
 * Declares a fixture. `make` may use others of the run, never something of one check: its signal is the run's. `end` is called
 * after everything that used the value has ended. A fixture that needs itself, through others, throws.
 */
export function fixture<T>(name: string, make: (scope: Scope) => Promise<T> | T, end?: (value: T) => Promise<void> | void): Fixture<T> {
  const made = new WeakMap<Begun, Promise<T>>();
  const begin = async (scope: Scope): Promise<T> => {
    const value = await make(scope.within(name));
    scope.begun.ends.push(async () => end?.(value));
    return value;
  };
  return {
    name,
    begunIn: ({ begun }) => made.get(begun),
    in: (scope) => {
      if (scope.path.includes(name)) throw new Error(`fixtures need each other: ${[...scope.path, name].join(' → ')}`);
      const value = made.get(scope.begun) ?? begin(scope);
      if (!made.has(scope.begun)) scope.begun.values.push({ name, value });
      made.set(scope.begun, value);
      value.catch(() => {}); // whoever awaits it is told
      return value;
    },
  };
}

/** What has been set up so far; `ends` in the order in which the set-ups were done: what is used stands before its users. */
type Begun = { readonly values: { readonly name: string; readonly value: Promise<unknown> }[]; readonly ends: (() => Promise<void>)[] };

/** The run as its fixtures and checks see it. */
export class Scope {
  readonly run: RunContext;
  /** Aborts when the run is interrupted, and only then. */
  readonly signal: AbortSignal;
  readonly begun: Begun;
  /** The fixtures that are being made, outermost first. */
  readonly path: readonly string[];

  constructor(run: RunContext, signal: AbortSignal, begun: Begun = { values: [], ends: [] }, path: readonly string[] = []) {
    this.run = run;
    this.signal = signal;
    this.begun = begun;
    this.path = path;
  }

  within(name: string): Scope {
    return new Scope(this.run, this.signal, this.begun, [...this.path, name]);
  }

  /** The value of a fixture; bound, so that it can be handed on alone. */
  readonly use = <T>(wanted: Fixture<T>): Promise<T> => wanted.in(this);

  /** Waits until nothing is being set up any more but what waits for this itself. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.begun.values.filter(({ name }) => !this.path.includes(name)).map(({ value }) => value));
  }

  /** Ends everything, users before what they used; goes on after an error. @throws the first error. */
  async close(): Promise<void> {
    await this.settled();
    const errors: unknown[] = [];
    for (const end of this.begun.ends.toReversed()) await end().catch((error: unknown) => errors.push(error));
    if (errors.length > 0) throw errors[0];
  }
}
