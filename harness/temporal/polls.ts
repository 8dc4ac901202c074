import { Duplex } from 'node:stream';
import { performServerHandshake, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { gunzipSync } from 'node:zlib';
import proto from '@temporalio/proto';
import { messageOf } from '../model/errors.ts';
import { framesOf } from './frames.ts';
import type { Sdk } from './history.ts';

/** A poll as a worker sends it. */
export type Poll = {
  readonly kind: 'workflow' | 'activity' | 'nexus';
  readonly namespace: string;
  /** Of a sticky queue the one that it belongs to. */
  readonly taskQueue: string;
  readonly identity: string;
  /** What its client says to be, in the headers that every SDK sends with each call. */
  readonly sdk: Sdk | undefined;
};

/** Any call, a poll among them: what is called, and what it shows in the header `authorization`. */
export type Call = { readonly path: string; readonly authorization: string | undefined };

/** What reading a connection gives: polls, or once why it cannot be read. */
export type Read = { readonly poll: Poll } | { readonly unreadable: string };

type Request = {
  readonly kind: Poll['kind'];
  readonly type: { decode(bytes: Uint8Array): { namespace: string; taskQueue?: Queue | null; identity: string } };
};
type Queue = { readonly name?: string | null; readonly normalName?: string | null };

const { PollWorkflowTaskQueueRequest, PollActivityTaskQueueRequest, PollNexusTaskQueueRequest } = proto.temporal.api.workflowservice.v1;
const service = '/temporal.api.workflowservice.v1.WorkflowService/';
const requests: ReadonlyMap<string, Request> = new Map([
  [`${service}PollWorkflowTaskQueue`, { kind: 'workflow', type: PollWorkflowTaskQueueRequest }],
  [`${service}PollActivityTaskQueue`, { kind: 'activity', type: PollActivityTaskQueueRequest }],
  [`${service}PollNexusTaskQueue`, { kind: 'nexus', type: PollNexusTaskQueueRequest }],
] as const);

/** More of a request than this is no poll. */
const largestPoll = 65_536;

const widest = 2 ** 31 - 1;

/**
 * Reads the polls of one connection from a copy of what its client sends; nothing goes back, and whatever happens here, the connection
 * itself does not notice. `heard` is told of every call.
 */
export function readPolls(tell: (read: Read) => void, heard: (call: Call) => void = () => {}): (bytes: Buffer) => void {
  const copy = new Duplex({ read() {}, write(_chunk, _encoding, done) { done(); } }); // answers go nowhere
  let blind = false;
  const giveUp = (why?: string): void => {
    if (!blind && why !== undefined) tell({ unreadable: why });
    blind = true;
    copy.destroy();
  };
  copy.on('error', () => {});
  const session = performServerHandshake(copy, { settings: { initialWindowSize: widest, maxConcurrentStreams: widest } });
  session.setLocalWindowSize(widest);
  session.on('error', (error: Error) => giveUp(messageOf(error)));
  session.on('stream', (stream: ServerHttp2Stream, head) => {
    stream.on('error', () => {});
    const path = String(head[':path']);
    heard({ path, authorization: head.authorization });
    const request = requests.get(path);
    if (request === undefined) {
      stream.resume().on('end', () => stream.close());
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestPoll) chunks.push(chunk);
    });
    stream.on('end', () => {
      const poll = pollOf(request, Buffer.concat(chunks), sdkOf(head));
      if (poll) tell({ poll });
      stream.close();
    });
  });
  const frames = framesOf((frame) => void copy.push(frame));
  return (bytes) => {
    if (blind) return;
    const kind = frames(bytes);
    // What is not HTTP/2 from its first byte on cannot poll.
    if (kind !== 'frames') giveUp(kind === 'broken' ? 'a frame of it is longer than any may be' : undefined);
  };
}

/** The one message of a call in gRPC's frame: a flag, four bytes of length, and the message, which may be packed. */
function pollOf({ kind, type }: Request, body: Buffer, sdk: Sdk | undefined): Poll | undefined {
  try {
    const message = body.subarray(5, 5 + body.readUInt32BE(1));
    const { namespace, taskQueue, identity } = type.decode(body[0] === 1 ? gunzipSync(message, { maxOutputLength: largestPoll }) : message);
    return { kind, namespace, taskQueue: taskQueue?.normalName || (taskQueue?.name ?? ''), identity, sdk };
  } catch {
    return undefined;
  }
}

/** `client-name: temporal-python`, `client-version: 1.35.0`. */
function sdkOf({ 'client-name': name, 'client-version': version }: IncomingHttpHeaders): Sdk | undefined {
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}
