import type { Gate } from '../../model/gate.ts';
import { jsonText } from '../../model/text.ts';

/**
 * The predicate of a Simple Verification Result, to be signed (`actions/attest` with `predicate-path`); undefined unless the gate
 * passes, because an SVR states passing properties alone.
 * https://github.com/in-toto/attestation/blob/main/spec/predicates/svr.md, version 0.2 (`policies` is required).
 */
export function svrPredicate(gate: Gate): string | undefined {
  return gate.verdict.outcome === 'pass' ? jsonText(predicateOf(gate)) : undefined;
}

/** The same in an in-toto Statement (v1) about the verified executables, ready for an envelope; undefined unless the gate passes. */
export function svrStatement(gate: Gate): string | undefined {
  if (gate.verdict.outcome !== 'pass') return undefined;
  const subject = gate.platforms.flatMap(({ id, worker, subject: file }) => (file === null ? [] : [{
    name: worker === undefined ? `${gate.worker ?? 'executable'}-${id}` : id.replace('/', '-'), digest: { sha256: file.sha256 },
  }]));
  const predicateType = 'https://in-toto.io/attestation/svr/v0.2';
  return jsonText({ _type: 'https://in-toto.io/Statement/v1', subject, predicateType, predicate: predicateOf(gate) });
}

function predicateOf({ tool, contracts, decidedAt, platforms }: Gate) {
  const policies = contracts.map(({ file, sha256 }) => ({ name: file.split(/[\\/]/).at(-1), digest: { sha256 } }));
  return {
    // The specification wants a URI that changes with the rules: a package URL names the version.
    verifier: { id: `pkg:npm/frostgate@${encodeURIComponent(tool.version)}`, policies },
    timeCreated: decidedAt,
    properties: platforms.map(({ id, state }) =>
      `FROSTGATE_${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}_VERIFIED${state === 'waived' ? '_WITH_WAIVERS' : ''}`),
  };
}
