import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { ServiceEntry } from '../contract/services-schema.ts';
import { CouldNotJudge, InfrastructureError } from '../model/errors.ts';
import { sendSignal } from '../system/processes/kill.ts';
import { createRunFolder, newRun, removeRun } from '../system/launch/run-folder.ts';
import { waitFor } from '../system/wait.ts';
import { service } from './command.ts';
import { LlmStandIn } from './llm.ts';
import type { Started } from './service.ts';
import { joinServices, type Services } from './services.ts';

const run = newRun();
createRunFolder(run);
afterEach(() => void vi.unstubAllEnvs());
afterAll(() => removeRun(run));
const folder = join(run.folder, 'project');
mkdirSync(folder);

/** Answers with its folder, its variables and its child's pid; ends when it is asked for /end. */
writeFileSync(join(folder, 'stub.py'), `
import http.server, json, os, subprocess, sys
child = subprocess.Popen(["sleep", "300"], start_new_session=True)
class Stub(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/end":
            os._exit(3)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"cwd": os.getcwd(), "names": sorted(os.environ), "child": child.pid}).encode())
print("the stub starts", flush=True)
http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Stub).serve_forever()
`);

const backend = (command: readonly string[], ready: Partial<ServiceEntry['ready']> = { tcp: '{port}' }): ServiceEntry =>
  ({ name: 'backend', kind: 'command', command, ready: { withinSeconds: 20, ...ready } });

async function start(entry: ServiceEntry): Promise<Started> {
  const started = await service.start(entry, { how: 'auto', run, folder, signal: AbortSignal.timeout(60_000), say: () => {} });
  onTestFinished(() => started[Symbol.asyncDispose]());
  return started;
}

async function joinWith(entry: ServiceEntry, { info }: Started): Promise<Services> {
  const services = await joinServices([entry], [{ ...entry, info }]);
  onTestFinished(() => services[Symbol.asyncDispose]());
  return services;
}

const guest = (index: number) => ({ index, model: new LlmStandIn() });

const refusal = (entry: ServiceEntry): Promise<string> => start(entry).then(
  () => 'started', (thrown: unknown) => (thrown instanceof InfrastructureError ? thrown.message : String(thrown)),
);

const stub = backend(['python3', 'stub.py', '{port}']);

test('a program has the contract\'s folder and none of our variables; each launch is seen at its own door; its tree ends', async () => {
  vi.stubEnv('LEAKED', 'yes');
  const started = await start(backend(stub.command, { http: 'http://127.0.0.1:{port}/health' }));
  const services = await joinWith(stub, started);
  const [caller, silent] = [guest(0), guest(1)];
  const { url = '' } = (await services.places(caller))['backend'] ?? {};
  const { backend: other } = await services.places(silent);
  expect(other).toEqual({ url: `http://127.0.0.1:${other?.port}`, host: '127.0.0.1', port: expect.stringMatching(/^\d+$/) });
  const answer: unknown = await (await fetch(url, { headers: { connection: 'close' } })).json();
  expect(answer).toMatchObject({ cwd: folder, names: expect.not.arrayContaining(['LEAKED']) });
  expect(services.seen('backend', caller)).toEqual(['a connection']);
  expect(services.seen('backend', silent)).toEqual([]);
  expect(started.log?.()).toContain('the stub starts');
  expect(started.problem?.()).toBeUndefined();
  await services.leave(caller);
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(services.seen('backend', caller)).toEqual(['a connection']);
  const { child } = answer as { child: number };
  expect(sendSignal(child, 0)).toBe(true);
  await started[Symbol.asyncDispose]();
  await waitFor('the end of its child', () => !sendSignal(child, 0) || undefined, { deadlineMs: 5_000 });
});

test('one that dies is a problem with its last words, and no launch gets a place there', async () => {
  const started = await start(stub);
  const services = await joinWith(stub, started);
  const { port } = started.info;
  await fetch(`http://127.0.0.1:${port}/end`).catch(() => {});
  await waitFor('its end', started.problem ?? (() => undefined), { deadlineMs: 5_000 });
  expect(started.problem?.()).toBe('the service backend was gone before the run\'s end: ' +
    'it ended with exit code 3; last output:\nthe stub starts');
  expect(await services.down()).toBe(`the service backend does not answer any more (127.0.0.1:${port})`);
  await expect(services.places(guest(0))).rejects.toThrow(CouldNotJudge);
});

test.each([
  ['no such file', backend(['./nothing', '{port}']),
    "the service backend cannot be started: there is no ./nothing in the contract's folder"],
  ['no such program', backend(['no-such-program']), 'the service backend cannot be started: there is no no-such-program on the PATH'],
  ['a file that cannot be executed', backend(['./stub.py', '{port}']), 'the service backend cannot be started: ./stub.py is no ' +
    'executable file: chmod +x it, or name what runs it, as in [python3, ./stub.py]'],
  ['one that ends', backend(['sh', '-c', 'echo no licence >&2; exit 4']),
    /^the service backend did not start: waited for it to listen at [\d.:]+: it did not come \(it ended with exit code 4.*; no licence$/],
  ['one that listens elsewhere', backend(['python3', 'stub.py', '0'], { tcp: '{port}', withinSeconds: 3 }),
    /it did not come within \d s; it listens at 127\.0\.0\.1:\d+; the stub starts$/],
])('%s has one sentence', async (_, entry, sentence) => {
  expect(await refusal(entry)).toMatch(sentence);
});

test('a port that somebody else has is not taken for the program\'s', async () => {
  const { info: { port } } = await start(stub);
  expect(await refusal(backend(['python3', 'stub.py', '0'], { tcp: String(port) }))).toBe(
    `the service backend cannot be started: somebody else listens at 127.0.0.1:${port}; end that, or let the command take {port}`,
  );
});
