export type Project = 'small-worker' | 'approvals' | 'quotes' | 'parcels' | 'reminders' | 'labels';

/** What one sabotage must do to a report: these checks fail and no others, for these reasons. */
export type Expectation = {
  /** The executable, or the folder with it, in dist/ of the project, for the agent-runner in fixtures/sabotaged/dist. */
  readonly variant: string;
  /** The project whose build it is; the agent-runner when left out. Those of other Python projects are compared with their source. */
  readonly project?: Project;
  /** The last release, by its name in dist/ of the project, for the agent-runner the reference itself. */
  readonly previous?: string;
  /** Changes of the contract, by path, undefined for what is left out, where it is the promise that is broken and not the executable. */
  readonly contract?: Readonly<Record<string, unknown>>;
  /** Every check that must fail, with a pattern for what it says. */
  readonly red: Readonly<Record<string, RegExp>>;
  /** What the remedies of red checks must say. */
  readonly remedies?: Readonly<Record<string, RegExp>>;
  /** Checks that the same defect may turn red as well, by chance. */
  readonly may?: readonly string[];
  /** Hazards that the findings must name. */
  readonly findings?: readonly string[];
  /** Where a whole run alone looks for it. */
  readonly profile?: 'full';
  /** Other words of the command line than `--profile quick`. */
  readonly words?: readonly string[];
  /** Areas or checks to run: the red checks' areas when left out, all of them for the executable without a defect and with `--whole`. */
  readonly only?: readonly string[];
  /** Judged by the time that executions take: nothing else is verified meanwhile. */
  readonly byTime?: true;
  /** In words, where several rows have one executable. */
  readonly title?: string;
  /** Compared with the project's source too, without which the reference's rows do. */
  readonly baseline?: true;
  /** Verified only where somebody names the row: what it is built from takes too long for everybody. */
  readonly onDemand?: true;
  /** The name of the folder in which everything of the row lies. */
  readonly folder?: string;
  /** What starts the harness, for example `unshare`; `{reports}` is the folder for its report. */
  readonly under?: readonly string[];
  /** Programs that the harness may use, put first on its PATH, as scripts of a shell. */
  readonly tools?: Readonly<Record<string, string>>;
  /** Calls that the Temporal server refuses. */
  readonly refuses?: readonly string[];
  /** Checks that cannot judge, for example because an eye of the harness failed, with a pattern for what they say. */
  readonly unjudged?: Readonly<Record<string, RegExp>>;
  /** No other check may be without an answer. */
  readonly alone?: true;
};
