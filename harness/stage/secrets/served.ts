import { basename } from 'node:path';
import type { Services } from '../../services/services.ts';
import { fileSource, heldSource, type Source } from '../../system/secrets/source.ts';
import type { Actor } from '../actor.ts';

/** What a launch sent to services. */
export function* servedTo({ guest }: Pick<Actor, 'guest'>, services: Services): Generator<Source> {
  for (const { name, sent } of services.sent(guest)) for (const bytes of sent) yield heldSource(`what the service ${name} was sent`, bytes);
}

/** The files in which services keep what all launches gave them. */
export function* keptBy(services: Services): Generator<Source> {
  for (const { name, files } of services.kept()) for (const file of files) {
    yield fileSource(`what the service ${name} keeps (${basename(file)})`, file);
  }
}
