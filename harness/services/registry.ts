import type { ServiceKind } from '../contract/service-kinds.ts';
import type { Service } from './service.ts';

/** The service of a kind; what a contract does not name is not even loaded. */
export async function serviceOf(kind: ServiceKind): Promise<Service> {
  const { service }: { service: Service } = await import(/* @vite-ignore */ `./${kind}.ts`);
  return service;
}
