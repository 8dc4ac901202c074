/** What `--help` prints on stdout; the words are those before the options: `npm run gate --`, or `frostgate gate`. */
export function gateHelp(words: readonly string[]): string {
  const line = words.join(' ');
  const underNpm = words[0] === 'npm';
  const silent = underNpm ? 'npm run --silent gate --' : line;
  const warning = underNpm ? '\n                               the -- matters: without it npm keeps the options for itself' : '';
  return `frostgate's release gate: one verdict over the reports of all platforms. The tag is pushed only when it passes.

Usage: ${line} REPORT… --require PLATFORMS [options]${warning}

What is judged
  REPORT…                      a report.json, a folder that holds one, or a folder of such folders; what is named counts
  --require PLATFORMS          every platform of the release, with commas; default: the platforms of --contract
  --contract FILE              the worker-contract.yaml of the release: platforms, checks and limits are compared with it
  --commit SHA                 the commit to be tagged; reports about another one are stale
  --artifact FILE              a file about to be shipped, may be repeated; its bytes must be those that were verified
  --earlier REPORT             reports of earlier releases, may be repeated; shown as a trend, never judged

Waivers
  --allow ID                   release although this check failed or could not be judged: ID or PLATFORM/ID, may be repeated;
                               each needs the two that follow. Never excuses a missing, stale, partial or tampered report
  --reason TEXT                why; stands in every rendering
  --until DATE                 the last day on which it holds, YYYY-MM-DD in UTC

What comes out
  --report-dir DIR             the decision goes to DIR/gate; default: reports/ in the current folder
  --json                       gate.json on stdout (for machines: ${silent} … --json)
  --quiet                      nothing on the terminal when it passes
  -h, --help                   this text

Examples
  ${line} reports --require linux-amd64
  ${line} linux/report.json mac/report.json --require linux-amd64,darwin-arm64 --commit "$GITHUB_SHA" \\
      --contract worker-contract.yaml --artifact dist/agent-runner-linux --artifact dist/agent-runner-mac
  ${line} reports --require linux-amd64 --allow linux-amd64/shutdown.survivors --reason 'ticket 12' --until 2027-01-31

Exit codes
  0    pass           every required platform is verified, and nothing speaks against it
  1    fail           something is known to be wrong: a check failed, a report is missing, partial, stale, doubled or tampered
                      with, platforms do not belong together, an artifact is another file
  2    usage          the command line or the contract is wrong, or the decision cannot be written where it belongs
  3    inconclusive   could not judge: a report is unreadable or inconclusive; never to be read as a pass
  128+n               ended by signal n (130 Ctrl-C, 143 SIGTERM)

DIR/gate holds gate.json, gate.md, gate.html, gate.txt, summary.md and, only when the gate passes, svr.json and
svr.predicate.json (in-toto Simple Verification Result) to be signed.
`;
}
