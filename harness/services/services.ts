import { once } from 'node:events';
import { Socket } from 'node:net';
import type { ServiceEntry } from '../contract/services-schema.ts';
import { CouldNotJudge } from '../model/errors.ts';
import { serviceOf, type Guest, type Joined, type Places, type RunningService } from './service.ts';

/** A service on this machine answers at once, or not at all. */
const answerMs = 2_000;

/** The services of a run as one launch after another uses them; lives in the suites' thread. */
export class Services implements AsyncDisposable {
  readonly #wanted: readonly ServiceEntry[];
  readonly #running: readonly RunningService[];
  readonly #joined: ReadonlyMap<string, Joined>;

  private constructor(wanted: readonly ServiceEntry[], running: readonly RunningService[], joined: ReadonlyMap<string, Joined>) {
    this.#wanted = wanted;
    this.#running = running;
    this.#joined = joined;
  }

  /** Connects to what runs; `wanted` is what the contract lists. One that cannot be joined is as good as missing. */
  static async join(wanted: readonly ServiceEntry[], running: readonly RunningService[]): Promise<Services> {
    const joined = await Promise.all(running.map(async (each) => {
      const joining = (await serviceOf(each.kind)).join(each);
      return [each.name, await joining.catch(() => undefined)] as const;
    }));
    return new Services(wanted, running, new Map(joined.flatMap(([name, each]) => (each ? [[name, each] as const] : []))));
  }

  /**
   * Where a launch finds each of them, by the contract's names.
   * @throws {CouldNotJudge} when one is missing or does not answer any more: no launch can be judged without it.
   */
  async places(launch: Guest): Promise<Readonly<Record<string, Places>>> {
    const missing = this.#wanted.find(({ name }) => !this.#joined.has(name));
    if (missing) throw new CouldNotJudge(`there is no ${missing.name}, which the contract lists as a service`);
    const down = await this.down();
    if (down !== undefined) throw new CouldNotJudge(down);
    const found = await Promise.all([...this.#joined].map(async ([name, each]) => [name, await each.places(launch)] as const));
    return Object.fromEntries(found);
  }

  /** What a launch did at a service, oldest first; nothing where there is no such service. */
  seen(name: string, launch: Guest): readonly string[] {
    return this.#joined.get(name)?.seen(launch) ?? [];
  }

  /** Which service does not answer any more, in a sentence: what fails then is not the worker's fault. */
  async down(): Promise<string | undefined> {
    for (const { name, info: { host, port } } of this.#running) {
      if (port === undefined || (await answers(host ?? '127.0.0.1', port))) continue;
      return `the service ${name} does not answer any more (${host}:${port})`;
    }
    return undefined;
  }

  /** Gives back what was a launch's own. */
  async leave(launch: Guest): Promise<void> {
    await Promise.all([...this.#joined.values()].map(async (each) => each.leave?.(launch)));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#joined.values()].map((each) => each[Symbol.asyncDispose]()));
  }
}

/** Whether somebody accepts a connection there. */
export async function answers(host: string, port: number): Promise<boolean> {
  const socket = new Socket();
  try {
    socket.connect({ host, port });
    await once(socket, 'connect', { signal: AbortSignal.timeout(answerMs) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
