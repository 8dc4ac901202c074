/** A fault of the small worker that matters on another architecture, and the check that must be red for it. */
export type Sabotage = {
  readonly name: string;
  /** Of the worker's spec files, where it is not the usual one. */
  readonly spec?: string;
  /** What is written elsewhere in its files: the text that stands there, and the other. */
  readonly edits?: readonly (readonly [file: string, from: string, to: string])[];
  /** The same in its contract. */
  readonly promises?: readonly [from: string, to: string];
  readonly check: string;
  readonly reason: RegExp;
};

export const sabotages: readonly Sabotage[] = [
  {
    name: 'a library of amd64 inside',
    edits: [['small-worker.spec', 'datas=DATAS,', "datas=DATAS + [('/usr/lib/x86_64-linux-gnu/libz.so.1', 'extra')],"]],
    check: 'bundle.native-architecture', reason: /libz\.so\.1 is for linux-amd64/,
  },
  {
    name: 'a newer C library than promised', promises: ['glibc: "2.36"', 'glibc: "2.28"'],
    check: 'bundle.native-floor', reason: /2\.36/,
  },
  {
    name: 'SIGTERM is ignored',
    edits: [['small_worker/lifecycle.py', 'for number in (signal.SIGTERM, signal.SIGINT):',
      'signal.signal(signal.SIGTERM, signal.SIG_IGN)\n        for number in (signal.SIGINT,):']],
    check: 'shutdown.sigterm.parent.idle', reason: /SIGTERM does not end the worker/,
  },
  {
    name: 'work in flight is lost',
    edits: [['small_worker/lifecycle.py', 'if self._loop is None:\n            finish(0)  # nothing runs yet', 'finish(0)']],
    check: 'shutdown.sigterm.parent.in-flight', reason: /in flight/,
  },
  { name: 'a data file is left out', spec: 'no-data', check: 'bundle.data', reason: /greeting\.txt/ },
  { name: 'a key is frozen in', spec: 'with-secret', check: 'bundle.secrets', reason: /\.env|key/ },
];
