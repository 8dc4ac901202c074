/** A contract that an adversary, or a slip, wrote: the text that is added to a good one, or the whole, and what must be said of it. */
export type ContractAttack = { readonly name: string; readonly says: RegExp } & (
  { readonly added: string } | { readonly whole: string | Buffer }
);

const execution = (text: string): string => `executions:\n  - name: x\n    workflow: W\n    input: []\n    expect: { ${text} }\n`;

export const contractAttacks: readonly ContractAttack[] = [
  { name: 'a key that nothing reads', added: 'shutdwon: {}\n', says: /shutdwon: unknown key; did you mean shutdown\?/ },
  { name: '__proto__ as a key', added: '__proto__: { bundle: {} }\n', says: /__proto__/ },
  { name: 'constructor as a key', added: 'constructor: { prototype: {} }\n', says: /constructor: unknown key/ },
  { name: '__proto__ below a section', added: 'budgets: { __proto__: { sizeMb: 1000 } }\n', says: /budgets.*__proto__/ },
  { name: 'a key twice', added: 'worker: other\n', says: /worker/ },
  { name: 'a key that moves the cursor', added: '"a\\e[2Jb": 1\n', says: /:4: ab: unknown key/ },
  { name: 'a key that is a workflow command', added: '"::error::x": 1\n', says: /::error::x: unknown key/ },
  { name: 'a result that compares nothing', added: execution('result: {}'), says: /result.*\{ \$any: object \}/s },
  { name: 'a matcher that does not exist', added: execution('result: { $anything: object }'), says: /\$anything/ },
  { name: 'a range that is upside down', added: execution('result: { $between: [9, 1] }'), says: /\$between/ },
  { name: 'a pattern that is none', added: execution('result: { $matches: "(" }'), says: /\$matches/ },
  { name: 'a budget below zero', added: 'budgets: { sizeMb: -1 }\n', says: /budgets\.sizeMb/ },
  { name: 'a budget without end', added: 'budgets: { sizeMb: .inf }\n', says: /budgets\.sizeMb/ },
  { name: 'a budget that is no number', added: 'budgets: { sizeMb: .nan }\n', says: /budgets\.sizeMb/ },
  { name: 'a regression of nothing', added: 'regression: { cpuPercent: 0 }\n', says: /regression\.cpuPercent: expected .* above 0/ },
  { name: 'a regression below zero', added: 'regression: { wallPercent: -5 }\n', says: /regression\.wallPercent: expected .* above 0/ },
  { name: 'a file outside of the folder', added: 'artifact: { files: [../../etc/passwd] }\n', says: /artifact\.files/ },
  { name: 'a number too large to compare', added: execution('result: 1e400'), says: /result/ },
  { name: 'an alias that grows', added: `bundle:\n${Array.from({ length: 12 }, (_, index) => (
    `  a${index}: &a${index} [${Array.from({ length: 12 }, () => (index === 0 ? 'x' : `*a${index - 1}`)).join(', ')}]\n`)).join('')}`,
  says: /alias/i },
  { name: 'a tag that makes an object', added: 'version: !!js/function "x"\n', says: /version|tag/i },
  { name: 'an empty file', whole: '', says: /./ },
  { name: 'a list', whole: '- worker\n', says: /./ },
  { name: 'no text', whole: Buffer.from([0, 255, 254, 1, 2, 3]), says: /./ },
  { name: 'a nesting of 10,000', whole: `worker: ${'['.repeat(10_000)}`, says: /./ },
];
