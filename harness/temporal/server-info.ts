/** The Temporal server of a run, as plain data that can be handed to a thread. */
export type ServerInfo = {
  readonly kind: 'dev-server' | 'external';
  readonly address: string;
  readonly serverVersion: string;
  readonly cliVersion?: string;
  readonly origin?: string;
  readonly sha256?: string;
  /** On our own server those of the first launches (see Namespaces); on somebody else's the one that the user named. */
  readonly namespaces: readonly string[];
  /** Variables that an external server needs and a worker must get too (TLS, API key). */
  readonly clientEnvironment: Readonly<Record<string, string>>;
};

export type TemporalServer = AsyncDisposable & { readonly info: ServerInfo };
