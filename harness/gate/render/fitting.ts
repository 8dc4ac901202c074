/** The first lines that fit into the bytes, and how many are left out; the first line always stands. */
export function fitting(lines: readonly string[], budgetBytes: number): string {
  let bytes = 0;
  const end = lines.findIndex((line, index) => {
    bytes += Buffer.byteLength(line) + 1;
    return index > 0 && bytes > budgetBytes;
  });
  if (end === -1) return lines.join('\n');
  return `${lines.slice(0, end).join('\n')}\n\nAnd ${lines.length - end} more, which gate.json holds.`;
}
