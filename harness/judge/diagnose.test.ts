import { expect, test } from 'vitest';
import { diagnose } from './with-hazards.testing.ts';
import { boundedLines } from '../model/text.ts';

const missing = "ModuleNotFoundError: No module named 'nosuch'";
const refused = 'RuntimeError: Failed client connect: Server connection error: dns error';
const gil = 'Fatal Python error: PyGILState_Release: thread state 0x7f must be current when releasing';
const hazards = (found: { hazard: string }[]) => found.map(({ hazard }) => hazard);
const source = (checkId: string) => ({ name: `${checkId}.log`, text: `boot\n${missing}\n`, checkId });
const found = (text: string) => hazards(diagnose([{ name: 'log', text, checkId: 'a.b' }], ['a.b']));

const healthy = `
{"time": "2026-11-20T10:00:00Z", "level": "INFO", "logger": "agent_runner", "message": "starting worker", "version": "1.0.0"}
{"level": "DEBUG", "logger": "asyncio", "message": "Using selector: EpollSelector"}
2026-11-20 10:00:01,123 DEBUG asyncio Using selector: EpollSelector
{"level": "INFO", "message": "connected to Temporal", "address": "127.0.0.1:7233", "namespace": "default"}
{"level": "INFO", "logger": "temporalio.worker", "message": "Beginning worker shutdown, will wait 0:00:10 before cancelling activities"}
{"level": "WARNING", "logger": "agent_runner", "message": "activity failed, will be retried", "error": "RateLimitError: 429"}
{"level": "INFO", "message": "received SIGTERM, shutting down"}
{"level": "INFO", "message": "shutdown complete", "emoji": "🚀", "escaped": "\\ud83d\\ude80"}
2026-11-20T10:00:02.1Z  INFO temporal_sdk_core: poller started
resource_tracker: There appear to be 0 leaked semaphore objects; see multiprocessing.resource_tracker
[1234] finished
`;

test('a healthy log gives no finding, whatever failed', () => {
  expect(diagnose([{ name: 'stderr', text: healthy, checkId: 'a.b' }, { name: 'shared', text: healthy }], ['a.b'])).toEqual([]);
});

test('one cause is told once, with every failed check that shows it', () => {
  const sources = [source('execution.a'), source('execution.b'), source('execution.passed')];
  const told = diagnose(sources, ['execution.a', 'execution.b']).map((one) => ({ ...one, remedy: one.remedy.split('; else ') }));
  expect(told).toMatchInlineSnapshot(`
    [
      {
        "args": {
          "module": "nosuch",
        },
        "cause": "\`nosuch\` is imported at run time but is not in the binary.",
        "explains": [
          "execution.a",
          "execution.b",
        ],
        "hazard": "BC-02",
        "line": "ModuleNotFoundError: No module named 'nosuch'",
        "remedy": [
          "Add hiddenimports=['nosuch'] to Analysis(…) in the spec file (or hiddenimports += collect_submodules('nosuch')) and rebuild, \
if the build venv has it",
          "add the package to the project's dependencies.",
        ],
        "source": "execution.a.log",
        "sure": "by construction",
      },
    ]
  `);
});

test('a message of the bootloader is told only where nothing tells the cause', () => {
  const text = `Traceback (most recent call last):\n${missing}\n[PYI-9:ERROR] Failed to execute script 'main' due to unhandled exception!`;
  expect(hazards(diagnose([{ name: 'log', text, checkId: 'a.b' }], ['a.b']))).toEqual(['BC-02']);
});

test('what a passing check provoked is no finding, but a crash always is', () => {
  const sources = [{ name: 'late-server', text: `${refused}\n${gil}`, checkId: 'resilience.late-server' }];
  expect(hazards(diagnose(sources, []))).toEqual(['TW-19']);
  expect(hazards(diagnose(sources, ['artifact.size']))).toEqual(['TW-19']);
  expect(hazards(diagnose(sources, ['resilience.late-server']))).toEqual(['TW-06', 'TW-19']);
});

test('a shared launch counts when any check failed', () => {
  const sources = [{ name: 'shared', text: missing }];
  expect(diagnose(sources, [])).toEqual([]);
  expect(diagnose(sources, ['a.b'])).toMatchObject([{ hazard: 'BC-02', explains: [], source: 'shared' }]);
});

test('the finding that explains most comes first', () => {
  const sources = [
    { name: 'one', text: refused, checkId: 'a.one' },
    { name: 'two', text: missing, checkId: 'a.one' },
    { name: 'three', text: missing, checkId: 'a.two' },
  ];
  expect(hazards(diagnose(sources, ['a.one', 'a.two']))).toEqual(['BC-02', 'TW-06']);
});

test('two spellings of a package are one cause', () => {
  const text = "ModuleNotFoundError: No module named 'langchain_groq'\nImportError: Initializing ChatGroq requires the langchain-groq " +
    "package. Please install it with pip";
  expect(
    diagnose([{ name: 'log', text, checkId: 'a.b' }], ['a.b']),
  ).toMatchObject([{ hazard: 'BC-02', args: { module: 'langchain_groq' } }]);
});

test('what the baseline shows too is not blamed on the freezer', () => {
  const text = 'ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED]';
  const subject = { name: 'subject', text, checkId: 'a.b' };
  expect(hazards(diagnose([subject], ['a.b']))).toEqual(['EN-05']);
  expect(diagnose([subject, { ...subject, name: 'baseline', variant: 'baseline' }], ['a.b'])).toEqual([]);
  expect(diagnose([{ ...subject, text: missing, variant: 'baseline' }], ['a.b'])).toEqual([]);
});

test('a cause that never comes, or comes before, is not the two-line defect', () => {
  const opened = "FileNotFoundError: [Errno 2] No such file or directory: '/tmp/_MEI12/plugin.py'";
  const validating = 'RuntimeError: Failed validating workflow X';
  expect(found(`${validating}\n${opened}`)).toEqual(['BC-04']);
  expect(found(`${opened}\n${'.\n'.repeat(80)}${validating}`)).toEqual(['BC-04']);
  expect(found('Unknown encoding cl100k_base.\nPlugins found: [tiktoken_ext.openai_public]')).toEqual([]);
});

test('a consequence is not told where another text of the check holds its cause', () => {
  const of = (...texts: readonly (readonly [string, string])[]) => diagnose(
    texts.map(([checkId, text], index) => ({ name: `${index}`, text, checkId })), ['startup.ready', 'artifact.help'],
  ).map(({ hazard }) => hazard);
  const loader = "[PYI-7:ERROR] Failed to execute script 'main' due to unhandled exception!";
  expect(of(['startup.ready', missing], ['startup.ready', loader])).toEqual(['BC-02']);
  expect(of(['startup.ready', missing], ['artifact.help', loader])).toEqual(['BC-02', 'bootloader']);
});

test('a script that fails beside a worker that has started itself is no finding of its own', () => {
  const helper = `Traceback (most recent call last):\n  File "pyi_rth_inspect.py"\nModuleNotFoundError: No module named 'binascii'\n` +
    "[PYI-339:ERROR] Failed to execute script 'pyi_rth_inspect' due to unhandled exception!";
  const usage = 'desk: error: unrecognized arguments: --multiprocessing-fork tracker_fd=22 pipe_handle=26';
  expect(found(`${usage}\n${helper}`)).toEqual(['PM-10']);
  expect(found(`${missing}\n${usage}\n${helper}`)).toEqual(['BC-02', 'PM-10']);
  expect(found(helper)).toEqual(['BC-02', 'BC-09']);
});

test('a long history on one line is searched to its end, and the line is cut around the match', () => {
  const [finding] = diagnose(
    [{ name: 'history', text: `${'x'.repeat(9_990)}${missing}${'y'.repeat(50_000)}`, checkId: 'a.b', kind: 'history' }], ['a.b'],
  );
  expect(finding?.line).toContain(missing);
  expect(finding?.line.length).toBeLessThan(500);
});

test('text is bounded: of a huge one, the beginning and the end', () => {
  const text = `first\n${'z\n'.repeat(3_000_000)}last`;
  const lines = boundedLines(text);
  expect([lines[0], lines.at(-1)]).toEqual(['first', 'last']);
  expect(lines.length).toBeLessThan(2_100_000);
});

const bait = [
  "cannot import name 'a' from 'b' (", 'FileNotFoundError', '_MEI', '_MEIa/', "No module named '", 'a_pb2', 'requires the ',
  'Failed to extract ', 'git ssh ', 'Failed client connect:', 'Unknown encoding a ', 'add_signal_handler ', 'code signature', '\n[PYI-',
  'FileNotFoundError _MEIa/a.py\'\n', 'Unknown encoding a\n', "FileNotFoundError _MEI",
];

test.for(bait)('1 MB of %j does not hang a pattern', (part) => {
  const started = performance.now();
  diagnose([{ name: 'hostile', text: part.repeat(Math.ceil(1_000_000 / part.length)), checkId: 'a.b' }], ['a.b']);
  expect(performance.now() - started).toBeLessThan(5_000);
});
