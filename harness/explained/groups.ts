import type { Area } from '../model/areas.ts';

/** Pages that stand together: the checks of an area, or the hazards of a family. */
export type Group = {
  readonly kind: 'check' | 'hazard';
  /** What the ids of its pages begin with: `shutdown`, `TW`. */
  readonly name: string;
  readonly heading: string;
};

const areas: Partial<Readonly<Record<Area, string>>> = {
  artifact: 'the file itself',
  bundle: 'what is frozen into it',
  startup: 'from its start until it polls',
  registration: 'who polls, for what, and as whom',
  execution: 'the work that it does',
  environment: 'variables, TLS and secrets',
  shutdown: 'how it ends, and what it leaves',
  performance: 'time, memory and disk',
  upgrade: 'work that moves between two releases',
};

const families = {
  BC: 'what the bundle holds and lacks',
  NA: 'native code and the platform',
  ND: 'Node single-executable applications',
  NU: 'executables of Nuitka',
  ST: 'unpacking at the start',
  PM: 'processes, signals and the extraction folder',
  EN: 'what it finds around it',
  TW: 'the Temporal client and worker',
  SE: 'security',
  bootloader: "what PyInstaller's loader says and no other page explains",
};

/** All of them, in the order of the suites and of the tables of hazards. */
export const groups: readonly Group[] = [
  ...Object.entries(areas).map(([name, heading]) => ({ kind: 'check' as const, name, heading })),
  ...Object.entries(families).map(([name, heading]) => ({ kind: 'hazard' as const, name, heading })),
];

/** The group that an id belongs to, upper and lower case alike; undefined where no id begins so. */
export function groupOf(id: string): Group | undefined {
  const [first = ''] = id.toLowerCase().split(/[.-]/, 1);
  return groups.find(({ name }) => name.toLowerCase() === first);
}
