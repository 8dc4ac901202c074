import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { Launch } from '../system/launch/launch.ts';
import { sendSignal } from '../system/processes/kill.ts';
import { listProcesses } from '../system/processes/process-table.ts';
import { ownerOf } from '../system/processes/socket-owner.ts';
import { forwardTo } from '../temporal/forwarder.ts';
import { readPolls, type Call, type Poll } from '../temporal/polls.ts';
import { greetByTls, type Arrival, type Shown } from '../temporal/tls/greeter.ts';

/** The first poll of one kind by one process, whoever that is: who comes through a launch's own port was started by it. */
export type SeenPoll = Poll & {
  /** Undefined where the system does not tell whose connection it was. */
  readonly process: { readonly pid: number; readonly command: string } | undefined;
  /** Another process that has polled was alive then. */
  readonly beside: boolean;
  /** From the spawn. */
  readonly atMs: number;
  /** The started process had ended, and the one that polls was alive. */
  readonly afterEnd: boolean;
};

/** A call of one kind that was seen, the first of them. */
export type SeenCall = Call & { readonly how: Arrival['how'] };

/** A way of its own to the server for one launch, on which its polls are read. */
export type Polling = AsyncDisposable & {
  readonly address: string;
  /** When each connection was accepted, as `performance.now()` tells it. */
  readonly connectionsAtMs: readonly number[];
  /** Whether somebody polled under this identity. */
  readonly isSeen: (identity: string) => boolean;
  /** What polled, each once; goes on after the end of the launch. */
  readonly seen: readonly SeenPoll[];
  /** Whether somebody has polled, or may have. */
  readonly mayPoll: () => boolean;
  /** Why what somebody sent could not be read; empty is the rule. */
  readonly unreadable: readonly string[];
  /** Who came to a port that speaks TLS, and what was called there; nothing on others. */
  readonly arrivals: readonly Arrival[];
  readonly calls: readonly SeenCall[];
  /** Must be told whose port it is before that can have connected. */
  readonly belongsTo: (launch: Launch) => void;
};

/** What the port shows to clients that speak TLS, and the address that it must be. */
type Opened = { readonly shown?: Shown | undefined; readonly at?: string | undefined };

/**
 * Opens a loopback port that leads to the server, and speaks TLS where it has something to show.
 * @throws {InfrastructureError} when no port can be had.
 */
export async function openPolling(server: string, { shown, at }: Opened = {}): Promise<Polling> {
  const arrivals: Arrival[] = [];
  const calls = new Map<string, SeenCall>();
  const seen = new Map<string, SeenPoll>();
  const unreadable: string[] = [];
  let launch: Launch | undefined;
  const hear = (client: Socket) => (call: Call): void => {
    const how = client instanceof TLSSocket ? 'tls' : 'plain';
    if (shown !== undefined) calls.set(JSON.stringify([call, how]), { ...call, how });
  };
  const reader = (client: Socket) => {
    const { remotePort = 0, localPort = 0 } = client;
    const known = new Set<string>();
    return readPolls((read) => {
      if ('unreadable' in read) {
        unreadable.push(read.unreadable);
        return;
      }
      const key = JSON.stringify([read.poll, launch?.exit !== undefined]);
      if (known.has(key) || launch === undefined) return;
      known.add(key);
      const process = processAt(launch, remotePort, localPort);
      const afterEnd = launch.exit !== undefined && process !== undefined;
      const place = JSON.stringify([read.poll, process?.pid, afterEnd]);
      const others = [...seen.values()].flatMap((poll) => poll.process?.pid ?? []).filter((pid) => pid !== process?.pid);
      const beside = process !== undefined && others.some((pid) => sendSignal(pid, 0));
      if (!seen.has(place)) seen.set(place, { ...read.poll, process, beside, atMs: launch.elapsedMs(), afterEnd });
    }, hear(client));
  };
  const greet = shown && greetByTls(shown, (arrival) => void arrivals.push(arrival));
  const forwarder = await forwardTo(server, { reader, at, ...(greet && { greet }) });
  return {
    address: at ?? forwarder.address,
    connectionsAtMs: forwarder.connectionsAtMs,
    isSeen: (identity) => [...seen.values()].some((poll) => poll.identity === identity),
    get seen() { return [...seen.values()]; },
    mayPoll: () => seen.size + unreadable.length > 0,
    unreadable, arrivals,
    get calls() { return [...calls.values()]; },
    belongsTo: (own) => void (launch = own),
    [Symbol.asyncDispose]: () => forwarder[Symbol.asyncDispose](),
  };
}

function processAt(launch: Launch, port: number, ownPort: number): SeenPoll['process'] {
  const members = launch.alive();
  const pid = ownerOf(port, ownPort, members.map((entry) => entry.pid));
  if (pid === undefined) return undefined;
  return { pid, command: [...members, ...listProcesses()].find((entry) => entry.pid === pid)?.command ?? '' };
}
