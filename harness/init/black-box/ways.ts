import { forwardTo } from '../../temporal/forwarder.ts';
import { readPolls, type Poll } from '../../temporal/polls.ts';
import type { Told } from '../pointers.ts';

/** Where the SDKs look for a server when nobody tells them. */
export const usualAddress = 'localhost:7233';

type Way = { readonly by: Told; readonly address: string; readonly polls: readonly Poll[] };

/**
 * Ways of its own to a server for one launch: one for each variable or flag that may tell it the address, and the usual one, where that is
 * free. Which of them is used, and what is polled on it, is read there.
 */
export class Ways implements AsyncDisposable {
  readonly #server: string;
  readonly #ways = new Map<string, Way>();
  // Not an AsyncDisposableStack: Node 22 has none.
  readonly #open: AsyncDisposable[] = [];

  constructor(server: string) {
    this.#server = server;
  }

  /** Opens the one that a launch takes which nobody has told an address; somebody else may have that port. */
  async openUsual(): Promise<void> {
    await this.#add('', { fixed: usualAddress }, usualAddress).catch(() => {});
  }

  /** The address for the variable or flag of this name. */
  async tell(name: string): Promise<string> {
    return (this.#ways.get(name) ?? await this.#add(name, { by: name })).address;
  }

  /** By what the launch is told where the server is, seen by where it polls; undefined as long as it does not. */
  used(): Pick<Way, 'by' | 'polls'> | undefined {
    return [...this.#ways.values()].find(({ polls }) => polls.length > 0);
  }

  async #add(name: string, by: Told, at?: string): Promise<Way> {
    const polls: Poll[] = [];
    const reader = () => readPolls((read) => {
      if ('poll' in read) polls.push(read.poll);
    });
    const forwarder = await forwardTo(this.#server, { reader, at });
    this.#open.push(forwarder);
    const way = { by, address: forwarder.address, polls };
    this.#ways.set(name, way);
    return way;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const each of this.#open.toReversed()) await each[Symbol.asyncDispose]();
  }
}
