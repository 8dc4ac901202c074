import { randomInt } from 'node:crypto';

const consonants = 'bdfgklmnprstvz';
const vowels = 'aeiou';

/**
 * A name such as a deployment has, which says nothing: 14 to 20 small letters, two for each syllable, drawn anew, at least 2^40 of them. It
 * may be part of a path, and the name of a namespace, a task queue or a database.
 */
export function plainName(syllables: number = randomInt(7, 11)): string {
  return Array.from({ length: syllables }, () => letterOf(consonants) + letterOf(vowels)).join('');
}

function letterOf(letters: string): string {
  return letters[randomInt(letters.length)] ?? '';
}
