import { shellLine } from '../../shell-line.ts';
import { shorten } from '../../../model/text.ts';
import { codeBlock } from '../parts/code-block.ts';
import type { Section } from './section.ts';

/** The command that gave this report. */
export const reproduce: Section = {
  id: 'reproduce',
  title: 'Reproduce',
  render({ tool }) {
    return tool.commandLine.length === 0 ? undefined : codeBlock(shorten(shellLine(tool.commandLine), 8_000));
  },
};
