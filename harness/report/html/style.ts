import { parts } from './style/parts.ts';
import { plots } from './style/plots.ts';
import { print } from './style/print.ts';
import { tables } from './style/tables.ts';
import { text } from './style/text.ts';
import { theme } from './style/theme.ts';

/** The style sheet of every page: no file, font or picture from elsewhere. */
export const styleSheet = [theme, text, tables, parts, plots, print].join('\n');
