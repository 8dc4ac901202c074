import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The file of the module `name` (without ending) beside the module with this URL: `.ts` in the sources, `.js` in the compiled package. */
export function siblingModule(name: string, moduleUrl: string): string {
  return fileURLToPath(new URL(`./${name}${extname(new URL(moduleUrl).pathname)}`, moduleUrl));
}
