import type { Expectation } from './expectation.ts';

/** Processes that do everything to get away from what started them, and workers that look who is watching. */
export const escapees: readonly Expectation[] = [
  { variant: 'daemonises', red: { 'shutdown.survivors': /\d+ \[kworker\/u9:2\] 600; runs \S+sleep; began \d+\.\d s after its worker/ } },
  // A launch that has worked may be the one that is told in its own process, or killed.
  { variant: 'daemonises-in-activity', only: ['execution', 'shutdown'], red: { 'shutdown.survivors': /sleep 600; .*began/ }, may: [
    'shutdown.sigterm.child.idle', 'shutdown.sigkill.parent.idle',
  ] },
  { variant: 'daemonises-at-stop', red: { 'shutdown.survivors': /sleep 600; .*began/ } },
  { variant: 'daemon-ignores-signals', red: { 'shutdown.survivors': /sh -c trap/ } },
  // It is another process with another command at each look, so that a stop may leave one which the ordinary stops did not.
  { variant: 'daemon-forks', red: { 'shutdown.survivors': /\(sh\)|sh -c sleep 0\.1/ }, may: [
    'shutdown.sigterm.parent.starting', 'shutdown.sigterm.child.idle', 'shutdown.sigkill.parent.idle',
  ] },
  { variant: 'daemon-listens', red: { 'shutdown.survivors': /listens on 127\.0\.0\.1:\d+/ } },
  { variant: 'daemon-lifts-limits', red: { 'shutdown.survivors': /and hid from which launch it came: \d+ sleep 600/ } },
  { variant: 'leaves-poller', only: ['shutdown'], red: {
    'shutdown.survivors': /leaves-poller; .*began \d+\.\d s after its worker/, 'shutdown.left-overs': /_MEI/,
  } },
  {
    variant: 'recognises-harness',
    red: {
      'execution.answers-with-the-models-reply': /result\.answer is not as expected/,
      'execution.runs-a-tool': /result\.answer is not as expected/,
      'execution.uses-the-plugin-tool': /result\.answer is not as expected/,
    },
  },
  { variant: 'shows-what-it-sees', only: ['startup', 'shutdown'], red: {} },
];
