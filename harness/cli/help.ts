/** What `--help` prints on stdout; the words are those before the options: `npm test --`, or `frostgate verify`. */
export function helpText(words: readonly string[]): string {
  const line = words.join(' ');
  const underNpm = words[0] === 'npm';
  const silent = underNpm ? 'npm test --silent --' : line;
  const warning = underNpm ? '          the -- matters: without it npm keeps the options for itself' : '';
  const reference = underNpm ? '; without it the reference agent-runner, built first when it is not there' : ' that the build made';
  return `frostgate verifies that a frozen Temporal worker works, against a real Temporal server, before its release is tagged.

Usage: ${line} [options]${warning}

What is verified
  --binary FILE                the executable${reference}
  --baseline DIR               the folder of the same worker's source, run for comparison
  --contract FILE              what the worker promises; default: worker-contract.yaml beside the baseline's pyproject.toml,
                               else beside the executable or up to two folders above it

How much
  --profile quick|full         quick repeats less: fewer stops, pairs and invalid values; default full
  --only AREA                  one area, may be repeated: artifact, bundle, startup, registration, execution, environment,
                               shutdown, performance
                               quick and --only mark the report as partial; the gate refuses it
  --prove-remedy               try each remedy that changes the spec file on a copy of the baseline's project: build it, verify
                               again what had failed, and say whether that helped; takes as long as a build for each

What it runs against
  --temporal-address HOST:PORT a running Temporal server; default: a dev server of its own, started and stopped
  --temporal-cli FILE          the temporal CLI for the dev server; default: from PATH, else fetched once
  --services auto|local|container   where Redis comes from; default auto: what the machine has

What comes out
  --report-dir DIR             where the reports go; default: reports/ in the current folder
  --json                       the report as JSON on stdout (for machines: ${silent} --json)
  --quiet                      no progress, only what failed
  --keep-rooms                 keep each launch's home, temporary folder and logs
  --list-checks                print the checks that would run, and stop
  -h, --help                   this text

Examples
  ${line} --binary dist/agent-runner --baseline .
  ${line} --binary dist/agent-runner --only shutdown --only startup
  ${silent} --binary dist/agent-runner --json > report.json

Exit codes
  0    pass           every check that ran has passed
  1    fail           the executable breaks a promise
  2    usage          the command line, the executable's file or the contract is wrong; nothing was verified
  3    inconclusive   could not judge: no server, no baseline, too much noise; never to be read as a pass
  128+n               ended by signal n (130 Ctrl-C, 143 SIGTERM)

Reports: one folder for each platform in the report folder, for example reports/linux-amd64/report.json; everything else there
is made from that file.
`;
}
