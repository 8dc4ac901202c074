/**
 * The part of a check's id that stands for an execution: "answers with the model's reply" gives "answers-with-the-models-reply".
 * Lower case, accents and apostrophes dropped, every other run of characters outside a–z and 0–9 one hyphen.
 * Empty when the name has no such character.
 */
export function slug(name: string): string {
  return name
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}
