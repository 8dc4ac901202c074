/** A name as part of a check's id, in a–z, 0–9 and hyphens: "the model's reply" gives "the-models-reply"; empty where there are none. */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
