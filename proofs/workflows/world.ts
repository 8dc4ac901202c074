import { mkdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Artifacts } from './artifacts.ts';
import type { Leg } from './plan.ts';
import type { Repository } from './repository.ts';

/** A statement that actions/attest was asked to sign. */
export type Attestation = { readonly predicateType: string; readonly subjects: readonly string[]; readonly predicate: unknown };

/** What a step of a workflow gives to those after it. */
export type Outputs = Readonly<Record<string, string>>;

/** Does in place of a step what cannot be done on this machine. Gets the folder that the step would work in. */
export type Replacement = (workspace: string) => Promise<Outputs>;

/** One step that was reached, in order. */
export type Happening = {
  readonly job: string;
  readonly step: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  readonly log: string;
};

/** Everything outside the runners: the repository, the artifacts, and what was signed. */
export type World = {
  readonly folder: string;
  readonly repository: Repository;
  readonly artifacts: Artifacts;
  readonly attestations: Attestation[];
  readonly happenings: Happening[];
  /** The `github` context. */
  readonly github: Readonly<Record<string, string>>;
  /** What a runner's processes get beside the runner's own variables. */
  readonly environment: Readonly<Record<string, string>>;
  /** Programs that stand in for those that must not act here; first on the PATH. */
  readonly programs: string;
  /** What to do in place of the step with this id, if anything. */
  readonly replaces: (leg: Leg, stepId: string) => Replacement | undefined;
  /** Ends the scripts that run, when this run is interrupted. */
  readonly signal: AbortSignal;
  /** Called before each leg of a job. */
  readonly before: (jobId: string) => void;
};

/** A world that was asked for a release from its main branch. */
export function newWorld(parts: Pick<World, 'folder' | 'repository' | 'programs' | 'replaces' | 'before' | 'signal'>): World {
  const { folder, repository, programs } = parts;
  mkdirSync(folder, { recursive: true });
  return {
    ...parts,
    artifacts: new Artifacts(join(folder, 'artifacts')),
    attestations: [],
    happenings: [],
    github: {
      sha: repository.commit,
      ref: 'refs/heads/main',
      ref_name: 'main',
      repository: 'example/frostgate',
      event_name: 'workflow_dispatch',
      run_id: '1',
      server_url: 'https://github.com',
      token: 'not-a-token',
    },
    environment: {
      HOME: process.env['HOME'] ?? folder,
      LANG: 'C.UTF-8',
      PATH: [programs, process.env['PATH']].join(delimiter),
      ...Object.fromEntries(
        Object.entries(process.env).flatMap(([name, value]) => (passedOn.test(name) && value !== undefined ? [[name, value]] : [])),
      ),
      FROSTGATE_WORLD: folder,
      FROSTGATE_ORIGIN: repository.folder,
    },
  };
}

/** Where the machine's caches and package indexes are, when it does not use the usual ones. */
const passedOn = /^(?:XDG_CACHE_HOME|PYTHON|PIP_.*|SSL_CERT_.*|REQUESTS_CA_BUNDLE|(?:https?|no|all)_proxy)$/i;

/** The commands that stand-ins were given, a list of words each. */
export function recordedCommands(folder: string): string[][] {
  try {
    return readFileSync(join(folder, 'commands.ndjson'), 'utf8').trim().split('\n').map((line): string[] => JSON.parse(line));
  } catch {
    return [];
  }
}
