/** One flag of the gate's command line. */
export type GateFlag = {
  /** What its value is, as the help shows it; absent when it takes none. */
  readonly value?: string;
  /** May be given several times. */
  readonly repeatable?: boolean;
  /** What a message shows as a good value. */
  readonly example?: string;
};

/** The flags of `npm run gate`, in the order of the help. */
const gateFlags = {
  require: { value: 'PLATFORMS', repeatable: true, example: 'linux-amd64,darwin-arm64' },
  contract: { value: 'FILE', example: 'worker-contract.yaml' },
  commit: { value: 'SHA', example: '4f2c9d1' },
  artifact: { value: 'FILE', repeatable: true, example: 'dist/agent-runner' },
  allow: { value: 'ID', repeatable: true, example: "shutdown.survivors --reason 'known, ticket 12' --until 2027-01-31" },
  reason: { value: 'TEXT', repeatable: true, example: "'known, ticket 12'" },
  until: { value: 'DATE', repeatable: true, example: '2027-01-31' },
  earlier: { value: 'REPORT', repeatable: true, example: 'earlier/1.3.0' },
  'report-dir': { value: 'DIR', example: 'reports' },
  json: {},
  quiet: {},
  help: {},
} as const satisfies Record<string, GateFlag>;

/** The name of a flag, without its dashes. */
export type GateFlagName = keyof typeof gateFlags;

/** All names, in the order of the help. */
export const gateFlagNames = Object.keys(gateFlags).filter(isGateFlagName);

/** Whether a flag of this name exists. */
export function isGateFlagName(name: string): name is GateFlagName {
  return Object.hasOwn(gateFlags, name);
}

/** A flag with its properties, whichever it is. */
export function gateFlagOf(name: GateFlagName): GateFlag {
  return gateFlags[name];
}
