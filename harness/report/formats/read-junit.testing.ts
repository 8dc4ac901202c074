import { readFileSync } from 'node:fs';
import { XmlDocument, XmlElement, XsdValidator } from 'libxml2-wasm';

export type ReadCase = {
  readonly name: string;
  readonly classname: string;
  readonly answer: string;
  readonly text: string;
  readonly output: string;
};
export type ReadSuite = { readonly name: string; readonly counters: readonly number[]; readonly cases: readonly ReadCase[] };

const xsd = readFileSync(new URL('junit.xsd', import.meta.url), 'utf8');

/**
 * For tests: reads JUnit XML with libxml2, after the XSD has passed it; the first entry is the root. Throws what libxml2 has against it.
 */
export function readJunit(xml: string): { readonly counters: readonly number[]; readonly suites: readonly ReadSuite[] } {
  using document = XmlDocument.fromString(xml);
  using schema = XmlDocument.fromString(xsd);
  using validator = XsdValidator.fromDoc(schema);
  validator.validate(document);
  return { counters: countersOf(document.root), suites: elements(document.root, 'testsuite').map(readSuite) };
}

/** What the counters must be: tests, failures, errors, skipped. */
export function countCases(cases: readonly ReadCase[]): number[] {
  const number = (answer: string) => cases.filter((one) => one.answer === answer).length;
  return [cases.length, number('failure'), number('error'), number('skipped')];
}

function readSuite(suite: XmlElement): ReadSuite {
  return { name: value(suite, 'name'), counters: countersOf(suite), cases: elements(suite, 'testcase').map(readCase) };
}

function readCase(element: XmlElement): ReadCase {
  const answer = ['failure', 'error', 'skipped'].flatMap((tag) => elements(element, tag))[0];
  return {
    name: value(element, 'name'),
    classname: value(element, 'classname'),
    answer: answer?.name ?? 'pass',
    text: answer?.content ?? '',
    output: elements(element, 'system-out').map(({ content }) => content).join(''),
  };
}

function countersOf(element: XmlElement): number[] {
  return ['tests', 'failures', 'errors', 'skipped'].map((name) => Number(value(element, name)));
}

function elements(parent: XmlElement, name: string): XmlElement[] {
  return parent.find(name).filter((node) => node instanceof XmlElement);
}

function value(element: XmlElement, name: string): string {
  return element.attr(name)?.value ?? '';
}
