import { isMap, isScalar, isSeq, type Document } from 'yaml';

/**
 * Turns the values of environment variables into text exactly as they are written: `1.10` stays "1.10" and `True` stays "True",
 * where YAML would make them 1.1 and true. An environment knows only text, and a worker may tell these apart.
 */
export function keepSpelling(document: Document): void {
  const environment = document.get('environment');
  if (!isMap(environment)) return;
  for (const { value: variable } of environment.items) {
    if (!isMap(variable)) continue;
    for (const key of ['default', 'value', 'example', 'allowed', 'invalid']) {
      const node = variable.get(key, true);
      for (const item of isSeq(node) ? node.items : [node]) keepText(item);
    }
  }
}

function keepText(node: unknown): void {
  if (!isScalar(node) || node.source === undefined) return;
  if (typeof node.value === 'number' || typeof node.value === 'boolean') node.value = node.source;
}
