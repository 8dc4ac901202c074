import { kindByVariable, type ServiceKind } from '../contract/service-kinds.ts';
import type { Knob } from './knobs.ts';

/** What a variable or flag tells a worker, by its name: where it works, a secret, or where a service is. */
export type Role = 'address' | 'namespace' | 'taskQueue' | 'buildId' | 'secret' | { readonly service: ServiceKind };

const rows: readonly (readonly [Exclude<Role, object>, RegExp])[] = [
  ['taskQueue', /QUEUE/],
  ['namespace', /NAMESPACE/],
  ['buildId', /BUILD_?ID/],
  ['secret', /(?:KEY|TOKEN|SECRET|PASSWORD|CREDENTIALS?)$/],
  ['address', /TEMPORAL.*(?:ADDRESS|HOST|TARGET|SERVER|ENDPOINT|URL)|^(?:TARGET_HOST|SERVER_ADDRESS|ADDRESS|HOST|SERVER)$/],
];

/** The role that a name speaks of, a flag's as a variable's; undefined where it speaks of none. */
export function roleOf({ name }: Pick<Knob, 'name'>): Role | undefined {
  const upper = name.replace(/^-+/, '').replaceAll(/[-.]/g, '_').toUpperCase();
  if (/TLS|CERT|_CA$|TIMEOUT|METRIC/.test(upper)) return undefined;
  const [role] = rows.find(([, pattern]) => pattern.test(upper)) ?? [];
  const service = role === undefined ? kindByVariable(upper) : undefined;
  return service === undefined ? role : { service };
}

/** Where it says that a worker works, by its name, or by a default that is Temporal's usual port. */
export function placeOf(knob: Pick<Knob, 'name' | 'default'>): 'address' | 'namespace' | 'taskQueue' | 'buildId' | undefined {
  const role = roleOf(knob);
  if (role === 'secret' || typeof role === 'object') return undefined;
  return role ?? ((knob.default ?? '').endsWith(':7233') ? 'address' : undefined);
}

/** The kind of service whose address it is. */
export function serviceBy(knob: Pick<Knob, 'name'>): ServiceKind | undefined {
  const role = roleOf(knob);
  return typeof role === 'object' ? role.service : undefined;
}
