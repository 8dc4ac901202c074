import { messageOf } from '../../harness/model/errors.ts';

/** What an expression of a workflow can be; the part of GitHub's expression language that the workflows here use. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** What an expression sees. */
export type Scope = {
  /** `github`, `inputs`, `needs`, …; a name that is not here is a mistake. */
  readonly contexts: Readonly<Record<string, Value>>;
  /** How everything before went: for `success()`, `failure()`, `always()` and `cancelled()`. */
  readonly failed: boolean;
};

const token = /\s*(?:('(?:[^']|'')*')|(\d+(?:\.\d+)?)|([A-Za-z_][\w-]*)|(==|!=|&&|\|\||[!()[\].,]))/y;

/**
 * The value of an expression without its `${{ }}`, as GitHub evaluates it:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/expressions. A property that is not there is null.
 * @throws {Error} for what is not supported, and for a context or function that is not there.
 */
export function evaluate(expression: string, scope: Scope): Value {
  try {
    const parser = new Parser(tokensOf(expression), scope);
    return parser.whole();
  } catch (error) {
    throw new Error(`cannot evaluate \${{ ${expression.trim()} }}: ${messageOf(error)}`, { cause: error });
  }
}

/** Whether a value counts as true in a condition. */
export function isTrue(value: Value): boolean {
  return value !== null && value !== false && value !== '' && value !== 0;
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < expression.trimEnd().length) {
    const start = token.lastIndex;
    const match = token.exec(expression);
    if (match === null) throw new Error(`unexpected text at "${expression.slice(start).trim().slice(0, 20)}"`);
    tokens.push(match[0].trim());
  }
  return tokens;
}

/** Evaluates while it reads; `||` binds least, then `&&`, then `==` and `!=`, then `!`. */
class Parser {
  readonly #tokens: string[];
  readonly #scope: Scope;

  constructor(tokens: string[], scope: Scope) {
    this.#tokens = tokens;
    this.#scope = scope;
  }

  whole(): Value {
    const value = this.#or();
    if (this.#tokens.length > 0) throw new Error(`unexpected "${this.#tokens[0]}"`);
    return value;
  }

  #or(): Value {
    let value = this.#and();
    while (this.#take('||')) {
      const other = this.#and();
      value = isTrue(value) ? value : other;
    }
    return value;
  }

  #and(): Value {
    let value = this.#comparison();
    while (this.#take('&&')) {
      const other = this.#comparison();
      value = isTrue(value) ? other : value;
    }
    return value;
  }

  #comparison(): Value {
    const left = this.#unary();
    if (this.#take('==')) return same(left, this.#unary());
    if (this.#take('!=')) return !same(left, this.#unary());
    return left;
  }

  #unary(): Value {
    return this.#take('!') ? !isTrue(this.#unary()) : this.#path(this.#primary());
  }

  #primary(): Value {
    const next = this.#tokens.shift();
    if (next === undefined) throw new Error('it ends too early');
    if (next === '(') {
      const value = this.#or();
      this.#expect(')');
      return value;
    }
    if (next.startsWith("'")) return next.slice(1, -1).replaceAll("''", "'");
    if (/^\d/.test(next)) return Number(next);
    if (next === 'true' || next === 'false') return next === 'true';
    if (next === 'null') return null;
    if (this.#take('(')) return this.#call(next);
    const context = this.#scope.contexts[next];
    if (context === undefined) throw new Error(`there is no context "${next}" here`);
    return context;
  }

  #call(name: string): Value {
    const args: Value[] = [];
    while (!this.#take(')')) {
      args.push(this.#or());
      this.#take(',');
    }
    if (name === 'always') return true;
    if (name === 'cancelled') return false;
    if (name === 'success') return !this.#scope.failed;
    if (name === 'failure') return this.#scope.failed;
    if (name === 'fromJSON' && typeof args[0] === 'string') return JSON.parse(args[0]);
    throw new Error(`the function ${name}() is not supported here`);
  }

  #path(start: Value): Value {
    let value = start;
    for (;;) {
      const name = this.#take('.') ? this.#tokens.shift() : this.#take('[') ? this.#index() : undefined;
      if (name === undefined) return value;
      const found = typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name) : undefined;
      value = found?.[1] ?? null;
    }
  }

  #index(): string {
    const name = this.#or();
    this.#expect(']');
    return typeof name === 'string' ? name : JSON.stringify(name);
  }

  #take(expected: string): boolean {
    if (this.#tokens[0] !== expected) return false;
    this.#tokens.shift();
    return true;
  }

  #expect(expected: string): void {
    if (!this.#take(expected)) throw new Error(`expected "${expected}"`);
  }
}

/** Text is compared without regard to case, and nothing is the same as the empty text. */
function same(left: Value, right: Value): boolean {
  const plain = (value: Value) => (value === null ? '' : typeof value === 'string' ? value.toLowerCase() : value);
  return plain(left) === plain(right);
}
