/**
 * An http or https address with scheme and host in lower case; undefined for every other text, for example `javascript:…`, which readers
 * would make a link of.
 */
export function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text);
  return url !== null && ['http:', 'https:'].includes(url.protocol) ? url.href : undefined;
}
