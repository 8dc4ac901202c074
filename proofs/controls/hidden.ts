import type { Expectation } from './expectation.ts';

/** One worker that hides two things and more of each kind: none of them may hide another, so every one of them is named in one report. */
export const hidden: readonly Expectation[] = [{
  variant: 'hides-everything',
  red: {
    'execution.concurrent': /was given what is number \d+'s.*|result\.answer is not as expected/,
    'execution.replay': /does not replay workflow AgentExecution .*query score of the closed workflow .*: by chance/,
    'execution.endurance': /open descriptors: .* more with each execution.*threads: .* more with each execution/,
    'execution.unplanned-retries': /ensure_thread.*the directory is not mounted yet[^]*workflow task of .*the registry is not loaded/,
    'execution.requests': /asks the model claude-3-5-haiku-latest, not claude-sonnet-4-5; .* a part of its input only/,
    'registration.everywhere': /agent-runner-cleanup[^]*agent-runner-elsewhere|agent-runner-elsewhere[^]*agent-runner-cleanup/,
    'shutdown.sigint.parent.idle': /ended with exit code 130/,
    'shutdown.sigterm.group.idle': /after SIGTERM to the group the worker ended with exit code 1/,
    'shutdown.every-launch': /stops not as promised/,
    'shutdown.survivors': /\[kworker\/u9:2\] 600[^]*listens on 127\.0\.0\.1:\d+|listens on 127\.0\.0\.1:\d+[^]*\[kworker\/u9:2\] 600/,
    'startup.network': /connects to 192\.0\.2\.1:443 \(TCP\).*listens on a port of 0\.0\.0\.0/,
    'shutdown.left-overs': /(?:~\/\.cache was made in its home|agent-runner\.log was written).*(?:~\/\.cache was made|\.log was written)/,
    'environment.secrets': /stderr of[^]*a file name of|a file name of[^]*stderr of/,
  },
}];
