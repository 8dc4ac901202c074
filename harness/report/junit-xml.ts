import { clean, excerpt, oneLine, shorten } from '../model/text.ts';

/** Text for an XML element, cut to its first and last lines. It cannot name an attachment: `[[ATTACHMENT|` is broken up. */
export function content(text: string): string {
  return escaped(excerpt(text).replaceAll('[[ATTACHMENT|', '[ [ATTACHMENT|'));
}

/** A value of at most 1,000 characters for an XML attribute in double quotes; a long message belongs into the element's text. */
export function attribute(text: string): string {
  return escaped(shorten(clean(shorten(text, 10_000)), 1000)).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

/** The same for names, which readers show and compare on one line. */
export function nameAttribute(text: string): string {
  return attribute(oneLine(text));
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
