import type { Contract } from '../../contract/schema.ts';

/** Variables that machines set, each in its own way. Not the host's name: many a worker takes its identity from that. */
const ofMachines = { USER: 'operator', LOGNAME: 'operator', SHELL: '/bin/sh', INVOCATION_ID: '5ab9c04a1d6e4e0f8d7c2b3a49586716' };

/**
 * The environment by which the next launch differs from the one before it, beside its folders: what machines set and no contract promises,
 * and every whole number of the contract that may differ from its default.
 */
export function otherSurroundings({ environment }: Contract): Readonly<Record<string, string>> {
  const unpromised = Object.entries(ofMachines).filter(([name]) => environment[name] === undefined);
  const numbers = Object.entries(environment).flatMap(([name, { type, example, required, secret, from, value }]) => {
    const free = type === 'integer' && !required && !secret && from === undefined && value === undefined;
    return free && example !== undefined ? [[name, example] as const] : [];
  });
  return Object.fromEntries([...unpromised, ...numbers]);
}
