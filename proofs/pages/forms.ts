/** One way in which a page is looked at. */
export type Form = {
  readonly name: 'light' | 'dark' | 'paper' | 'phone';
  readonly widthPx: number;
  readonly colorScheme: 'light' | 'dark';
  readonly media: 'screen' | 'print';
  /** How much of the page, from its top, the picture in golden/ shows: enough for what is special about the form. */
  readonly pictureHeightPx: number;
};

/** 700 px is the width of an A4 page between its margins at 96 px an inch. */
export const forms: readonly Form[] = [
  { name: 'light', widthPx: 1000, colorScheme: 'light', media: 'screen', pictureHeightPx: 8000 },
  { name: 'dark', widthPx: 1000, colorScheme: 'dark', media: 'screen', pictureHeightPx: 1600 },
  // Someone who reads in the dark prints on white paper.
  { name: 'paper', widthPx: 700, colorScheme: 'dark', media: 'print', pictureHeightPx: 2000 },
  { name: 'phone', widthPx: 360, colorScheme: 'light', media: 'screen', pictureHeightPx: 2800 },
];
