/** Which colour a mark has; the style sheet knows the colours. */
export type Tone = 'subject' | 'baseline' | 'previous' | 'manager';
