import type { Expectation } from './expectation.ts';

const stopped = (how: string): RegExp => new RegExp(`after SIG(TERM|INT) the worker ended with ${how}`);

const noPrompt = /FileNotFoundError: .*agent_runner\/prompts\/system\.md/;
const noMetadata = /No package metadata was found for agent-runner/;

const answering = (because: RegExp): Expectation['red'] => ({
  ...Object.fromEntries(['answers-with-the-models-reply', 'runs-a-tool', 'uses-the-plugin-tool'].map((name) => (
    [`execution.${name}`, because]
  ))),
  'execution.every-activity': /activity execute_agent/, 'execution.requests': /never asks the model/,
});

/** One row for each sabotage. The executable without any must be green. */
export const expectations: readonly Expectation[] = [
  { variant: 'honest', red: {} },
  {
    variant: 'honest',
    contract: { 'budgets.sizeMb': 10, 'budgets.versionSeconds': 0.01, 'budgets.diskMb': 10 },
    red: {
      'artifact.size': /the limit is 10\.0 MB/, 'performance.version': /the limit is 0\.01 s/, 'performance.disk': /the limit is 10 MB/,
    },
  },
  {
    variant: 'honest',
    contract: { 'budgets.overBaseline.cpuPercent': 1, 'budgets.overBaseline.wallPercent': 1 },
    red: { 'performance.ready': /beside the worker from source: CPU to ready is .* higher than from source/ },
  },
  {
    variant: 'honest',
    contract: { 'environment.LOG_LEVEL.default': 'WARNING', 'environment.SANDBOX_DIR.required': true, 'registers.workflows': [
      'AgentExecution', 'AgentReview',
    ] },
    red: {
      'environment.LOG_LEVEL.default': /LOG_LEVEL has no effect: WARNING is not seen/,
      'environment.SANDBOX_DIR.missing': /with SANDBOX_DIR not set the worker starts and polls/,
      'registration.types': /workflow AgentReview is not registered/,
    },
  },
  {
    variant: 'no-lazy-module',
    red: {
      'execution.answers-with-the-models-reply': /No module named 'agent_runner\.tools\.run_shell'/,
      'execution.runs-a-tool': /No module named 'agent_runner\.tools\.run_shell'/,
      'execution.uses-the-plugin-tool': /No module named 'agent_runner\.tools\.run_shell'/,
      'execution.reports-a-rejected-model-call': /No module named 'agent_runner\.tools\.run_shell'/,
      'execution.every-activity': /activity execute_agent/,
      'execution.failure': /No module named 'agent_runner\.tools\.run_shell'/,
    },
    findings: ['BC-02'],
  },
  {
    variant: 'no-open-hook',
    red: {
      'execution.rejects-an-empty-message': /Cannot access __builtins__\.open|no type/,
      'execution.reports-a-rejected-model-call': /Cannot access __builtins__\.open|no type/,
      'execution.failure': /Cannot access __builtins__\.open|no type/,
    },
    findings: ['TW-18'],
    may: ['execution.replay'],
  },
  { variant: 'no-sandbox-module', red: { 'startup.ready': /_in_sandbox|exited with 1/ }, findings: ['TW-17'] },
  {
    variant: 'aborts-at-exit',
    red: {
      'shutdown.sigterm.parent.idle': stopped('SIGABRT'), 'shutdown.sigint.parent.idle': stopped('SIGABRT'),
      'shutdown.sigterm.parent.in-flight': stopped('SIGABRT'), 'shutdown.every-launch': /stops not as promised: SIGABRT/,
    },
    remedies: { 'shutdown.sigterm.parent.idle': /os\._exit\(code\) in place of/, 'shutdown.every-launch': /os\._exit\(code\)/ },
  },
  { variant: 'wrong-queue', red: { 'startup.ready': /does not poll task queue/, 'registration.pollers': /nobody polls/ } },
  { variant: 'foreign-identity', contract: { 'temporal.identity': '{pid}@{host}' }, red: {
    'registration.identity': /polls under another identity than the contract promises/,
  } },
  {
    variant: 'ignores-sigterm',
    remedies: { 'shutdown.sigterm.parent.idle': /add_signal_handler.*without the signal ignored/ },
    red: {
      'shutdown.sigterm.parent.idle': /SIGTERM does not end the worker within 15 s: its process ignores SIGTERM/,
      'shutdown.sigterm.parent.in-flight': /SIGTERM does not end the worker/,
      'shutdown.every-launch': /stops not as promised: still running/,
      'shutdown.deregistration': /handed to the leaving worker/,
    },
  },
  // What stops do beside the ordinary ones; some of it a quick run does not look for.
  { variant: 'ignores-sigterm-at-start', profile: 'full', red: {
    'shutdown.sigterm.parent.starting': /SIGTERM while it starts does not end the worker: .*it got ready and polls on/,
  } },
  // The second signal has one moment of the start only, which may miss the one that matters.
  {
    variant: 'leaves-child-at-start', profile: 'full', red: { 'shutdown.sigterm.parent.starting': /leaves a process behind.*sleep 600/ },
    may: ['shutdown.sigint.parent.starting'],
  },
  {
    variant: 'leaves-files-at-start', profile: 'full', red: { 'shutdown.sigterm.parent.starting': /leaves files behind.*agent-spool-/ },
    may: ['shutdown.sigint.parent.starting'],
  },
  { variant: 'defers-signals-at-start', profile: 'full', only: ['shutdown'], red: {} },
  { variant: 'hangs-on-second-signal', profile: 'full', red: {
    'shutdown.sigterm.parent.again': /SIGTERM twice, with an activity in flight does not end the worker/,
  } },
  { variant: 'leaves-child-on-second-signal', profile: 'full', red: {
    'shutdown.sigterm.parent.again': /leaves a process behind.*sleep 600/,
  } },
  { variant: 'leaves-files-on-second-signal', profile: 'full', red: {
    'shutdown.sigterm.parent.again': /leaves files behind.*agent-runner-/,
  } },
  { variant: 'aborts-on-second-signal', profile: 'full', only: ['shutdown'], red: {} },
  { variant: 'fails-on-group-signal', red: {
    'shutdown.sigterm.group.idle': /after SIGTERM to the group the worker ended with exit code 1/,
    'shutdown.sigint.group.idle': /after SIGINT to the group the worker ended with exit code 1/,
  } },
  { variant: 'supervises-badly', red: { 'shutdown.sigterm.child.idle': /the started process goes on after its worker/ } },
  { variant: 'outlives-launcher', red: { 'shutdown.sigkill.parent.idle': /after its started process was killed process \d+ .* lives on/ } },
  {
    variant: 'outlives-launcher', contract: { 'shutdown.parentKilled': undefined }, only: ['shutdown'], red: {}, findings: ['PM-03'],
  },
  {
    variant: 'polls-when-orphaned', contract: { 'shutdown.parentKilled': undefined }, profile: 'full', only: [], red: {},
    findings: ['PM-03'],
  },
  { variant: 'twin-worker', red: { 'registration.sole': /several processes of one launch poll/ } },
  { variant: 'late-twin', only: ['registration', 'execution'], red: { 'registration.sole': /several processes of one launch poll/ } },
  { variant: 'hands-over', only: ['registration', 'shutdown'], red: {
    'registration.sole': /goes on polling after the worker was stopped/, 'shutdown.survivors': /hands-over/,
  }, may: ['shutdown.sigterm.child.idle', 'shutdown.sigkill.parent.idle'] },
  { variant: 'second-queue-unseen', red: { 'registration.everywhere': /polls task queue agent-runner-unseen/ } },
  { variant: 'second-namespace', red: { 'registration.everywhere': /agent-runner-elsewhere in namespace default/ } },
  { variant: 'second-queue', red: { 'registration.everywhere': /polls task queue agent-runner-cleanup/ } },
  { variant: 'starts-second-worker', red: { 'registration.sole': /several processes of one launch poll/ }, only: ['registration'] },
  { variant: 'hangs-on-sigint', red: {
    'shutdown.sigint.parent.idle': /SIGINT does not end the worker within 15 s, nor 10\.\d s later/,
    'shutdown.every-launch': /stops not as promised: still running/,
  }, remedies: { 'shutdown.sigint.parent.idle': /do not call sys\.exit, nor wait, in a handler of SIGINT/ } },
  // A worker that drains breaks the promise to give work back, and so does one that abandons it.
  { variant: 'honest', contract: { 'shutdown.inFlight': 'retry' }, only: ['shutdown'], red: {
    'shutdown.sigterm.parent.in-flight': /was not handled as promised/,
  } },
  { variant: 'loses-in-flight', contract: { 'shutdown.inFlight': 'retry' }, only: ['shutdown'], red: {
    'shutdown.sigterm.parent.in-flight': /left while its activity was in flight/,
  } },
  // What it starts as Python is the worker again, whose parser knows no such arguments.
  { variant: 'runs-itself-as-module', only: ['execution'], red: answering(/unrecognized arguments: -m agent_runner/), findings: ['PM-09'] },
  { variant: 'spawns-pool', only: ['execution'], red: answering(/BrokenProcessPool/), findings: ['PM-10'] },
  // A tool that loads the bundle's libraries is what the model is told of; with the variable as it was it says that all is plain.
  {
    variant: 'leaks-library-path', red: { 'execution.requests': /path is plain/ }, findings: ['PM-11'], contract: {
      'executions.1.llm': [{ toolCalls: [{ name: 'run_shell', arguments: {
        command: 'test -z "$LD_LIBRARY_PATH" && printf "path is %s" plain || printf "OpenSSL version %s" mismatch',
      } }] }, { text: '{n}' }],
      'executions.1.asks.contains': 'path is plain',
    },
  },
  { variant: 'loses-in-flight', red: { 'shutdown.sigterm.parent.in-flight': /left while its activity was in flight/ } },
  { variant: 'leaves-orphan', red: { 'shutdown.survivors': /sleep 600/ } },
  { variant: 'leaves-temp-dir', red: { 'shutdown.left-overs': /files are left/ } },
  { variant: 'leaves-deep-folders', red: { 'shutdown.left-overs': /~\/d{60} was made in its home/ } },
  { variant: 'calls-home', red: { 'startup.network': /connects to 192\.0\.2\.1:443 \(TCP\)/ } },
  { variant: 'sends-telemetry', red: { 'startup.network': /connects to 192\.0\.2\.7:8125 \(UDP\)/ } },
  { variant: 'asks-name', red: { 'startup.network': /asks the name server for telemetry\.example\.com/ } },
  { variant: 'listens-everywhere', red: { 'startup.network': /listens on a port of 0\.0\.0\.0 .*\(TCP, open to every network/ } },
  { variant: 'listens-undeclared', red: { 'startup.network': /listens on a port of 127\.0\.0\.1 that the system chose \(TCP\)/ } },
  { variant: 'listens-everywhere', contract: { listens: ['0.0.0.0:*'] }, only: ['startup'], red: {} },
  { variant: 'writes-home', red: { 'shutdown.left-overs': /~\/\.cache was made in its home/ } },
  { variant: 'writes-home', contract: { writes: ['~/.cache/agent-runner/'] }, only: ['shutdown'], red: {} },
  { variant: 'writes-cwd', red: { 'shutdown.left-overs': /\.\/agent-runner\.log was written in its working directory/ } },
  { variant: 'writes-beside', red: { 'shutdown.left-overs': /\.lock was written and removed beside the executable/ } },
  { variant: 'writes-tmp', red: { 'shutdown.left-overs': /\/tmp\/agent-runner-\d+\.cache was written and removed outside TMPDIR/ } },
  { variant: 'renames-away', red: { 'shutdown.left-overs': /~\/last-start was renamed in its home/ } },
  { variant: 'daemon-writes', red: { 'shutdown.left-overs': /\/tmp\/agent-runner-\d+\.ended was written and removed/ } },
  { variant: 'tidies-up', only: ['startup', 'shutdown'], red: {} },
  { variant: 'ignores-variable', red: { 'environment.MAX_CONCURRENCY.honoured': /MAX_CONCURRENCY has no effect/ } },
  // A quick run asks about many variables at once, and takes what it says of one for a refusal.
  { variant: 'complains-and-accepts', profile: 'full', red: { 'environment.MAX_CONCURRENCY.invalid': /the worker starts and polls/ } },
  { variant: 'accepts-invalid', red: { 'environment.MAX_CONCURRENCY.invalid': /the worker starts and polls/ } },
  {
    variant: 'wrong-result',
    red: {
      'execution.answers-with-the-models-reply': /result\.answer is not as expected/,
      'execution.runs-a-tool': /result\.answer is not as expected/,
      'execution.uses-the-plugin-tool': /result\.answer is not as expected/,
    },
  },
  { variant: 'wrong-version', red: { 'artifact.version': /it prints/ } },
  {
    variant: 'misses-activity',
    red: {
      'registration.types': /activity cleanup_sandbox is not registered/,
      'execution.answers-with-the-models-reply': /cleanup_sandbox/,
      'execution.runs-a-tool': /cleanup_sandbox/,
      'execution.uses-the-plugin-tool': /cleanup_sandbox/,
      'execution.reports-a-rejected-model-call': /cleanup_sandbox/,
      'execution.cleans-up-a-thread-that-never-was': /cleanup_sandbox/,
      'execution.every-activity': /cleanup_sandbox/,
      'execution.failure': /cleanup_sandbox/,
    },
  },
  { variant: 'noisy-log', red: { 'startup.clean-log': /metrics are not configured|Traceback/ } },
  { variant: 'stale-dependency', profile: 'full', baseline: true, only: ['bundle.sources'], red: {
    'bundle.sources': /httpx\._exceptions was frozen from another state of /,
  } },
  { variant: 'stale-data', baseline: true, only: ['bundle.sources'], red: {
    'bundle.sources': /agent_runner\/prompts\/system\.md has other contents in the executable/,
  } },
  {
    variant: 'no-prompt',
    red: {
      'execution.answers-with-the-models-reply': noPrompt,
      'execution.runs-a-tool': noPrompt,
      'execution.uses-the-plugin-tool': noPrompt,
      'execution.reports-a-rejected-model-call': noPrompt,
      'execution.every-activity': /activity execute_agent/,
      'execution.failure': noPrompt,
    },
    findings: ['BC-04'],
  },
  {
    variant: 'several-defects',
    red: {
      'execution.answers-with-the-models-reply': noPrompt,
      'execution.runs-a-tool': noPrompt,
      'execution.uses-the-plugin-tool': noPrompt,
      'execution.rejects-an-empty-message': /Cannot access __builtins__\.open|no type/,
      'execution.reports-a-rejected-model-call': noPrompt,
      'execution.every-activity': /activity execute_agent/,
      'execution.failure': /Cannot access __builtins__\.open|no type/,
    },
    findings: ['BC-04', 'TW-18'],
    may: ['execution.replay'],
  },
  {
    variant: 'no-metadata',
    red: { 'artifact.version': noMetadata, 'artifact.help': noMetadata, 'startup.ready': noMetadata },
    findings: ['BC-05'],
  },
  { variant: 'no-plugin', red: { 'execution.uses-the-plugin-tool': /result\.tool_calls is not as expected/ } },
];
