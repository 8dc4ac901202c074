import type { Expectation } from './expectation.ts';

// The eyes of the harness, blinded one at a time while it looks at a worker without a defect. What it cannot see it must not call good, and
// what its own eye missed it must not call bad: the checks that look with it could not judge, and say so.

const blind = (title: string, unjudged: NonNullable<Expectation['unjudged']>, how: Partial<Expectation>): Expectation => (
  { variant: 'honest', title, red: {}, unjudged, ...how }
);

const refused = /PERMISSION_DENIED/;
const unanswered = /could not be judged: see its own check/;
const noTrace = /strace was there, but its trace of a launch has no beginning or no end/;
const unseenPolls = /the polls of \d+ launches could not be read/;
/** A user namespace makes this possible without root, and takes no right from root that matters here. */
const namespace = ['unshare', '--user', '--map-root-user'];

export const blinded: readonly Expectation[] = [
  // The first one, which many checks would take: each of them asks only for what it needs.
  blind('one execution cannot be judged', { 'execution.answers-with-the-models-reply': /WorkflowId exceeds|Failed to start Workflow/ }, {
    contract: { 'executions.0.id': `${'x'.repeat(1_000)}{n}`, 'executions.0.concurrency': undefined }, alone: true,
  }),
  blind('the server refuses to list pollers', {
    'startup.ready': refused, 'registration.pollers': refused, 'registration.identity': refused,
  }, { refuses: ['DescribeTaskQueue'] }),
  blind('the server refuses to list workers', { 'registration.everywhere': refused }, { refuses: ['ListWorkers'] }),
  blind('the server refuses to show histories', {
    'execution.answers-with-the-models-reply': refused, 'execution.failure': unanswered, 'execution.every-activity': unanswered,
  }, { refuses: ['GetWorkflowExecutionHistory'] }),
  blind('the server gives no namespaces', { 'environment.MODE.invalid': refused }, { refuses: ['RegisterNamespace'] }),
  blind('/proc is that of another PID namespace', {
    'shutdown.survivors': /list of processes/, 'shutdown.left-overs': /list of processes/, 'shutdown.every-launch': /list of processes/,
  }, {
    // Not as the first process of its namespace, which would inherit orphans.
    under: [...namespace, '--pid', '--fork', '--kill-child', 'sh', '-c', '"$@"; exit $?', 'sh'],
  }),
  // It works when it is tried, and fails at the launch.
  blind('strace fails when a launch is watched', { 'startup.network': noTrace, 'shutdown.left-overs': noTrace }, {
    tools: { strace: 'case "$*" in *"(exit 0)"*) PATH=${PATH#*:} exec strace "$@" ;; esac; exit 1' },
  }),
  blind('the worker goes round the port on which its polls are seen', {
    'registration.sole': unseenPolls, 'registration.everywhere': unseenPolls,
  }, { variant: 'goes-round' }),
  blind('no launch with an optional secret comes to work', {
    'environment.secrets': /OPENAI_API_KEY reached no launch that came to work/,
  }, { variant: 'strict-optional-secret' }),
  blind('the folder for evidence is full', { 'execution.answers-with-the-models-reply': /ENOSPC/, 'execution.runs-a-tool': /ENOSPC/ }, {
    under: [...namespace, '--mount', 'sh', '-c', 'mount -n -t tmpfs -o size=4k none "{reports}" && exec "$@"', 'sh'],
  }),
];
