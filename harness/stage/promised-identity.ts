import { hostname } from 'node:os';
import type { Launch } from '../system/launch/launch.ts';

/**
 * Whether an identity is the one that the contract promises, where {pid} stands for the pid of a process of the launch and {host}
 * for this host.
 */
export function isAsPromised(promised: string, identity: string, { tree }: Pick<Launch, 'tree'>): boolean {
  const pattern = promised.split(/(\{pid\}|\{host\})/).map((part) => (
    part === '{pid}' ? String.raw`(\d+)` : escaped(part === '{host}' ? hostname() : part)
  ));
  const found = new RegExp(`^${pattern.join('')}$`).exec(identity);
  return found !== null && found.slice(1).every((pid) => tree.has(Number(pid)));
}

/** A text as a pattern that finds it. */
const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
