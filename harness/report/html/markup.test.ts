import { expect, test } from 'vitest';
import { html, joined, Markup } from './markup.ts';

test('inserted text is cleaned and escaped, markup stays', () => {
  const name = `<b a="1" b='2'>&\u001B[31m\u0000\u202E`;
  expect(String(html`<p title="${name}">${name} ${html`<i>${1}</i>`}</p>`)).toBe(
    '<p title="&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;">&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp; <i>1</i></p>',
  );
});

test('lists are put one after the other, undefined and false are nothing', () => {
  expect(String(html`${['<', [html`<br />`, undefined], false]}${undefined}`)).toBe('&lt;<br />');
  expect(String(joined(['a', undefined, false, html`<b></b>`], ', '))).toBe('a, <b></b>');
});

test('an attribute without quotation marks is a mistake of the template, not of its text', () => {
  expect(() => html`<a href=${'x'}></a>`).toThrow('Put quotation marks around the attribute at …<a href=');
  expect(String(html`<a>${'x='}${'y'}</a>`)).toBe('<a>x=y</a>');
});

test('markup cannot be made from a string by the way', () => {
  const Anyone = Markup as unknown as new (source: string, key: symbol) => Markup;
  expect(() => new Anyone('<script>', Symbol('made here'))).toThrow('Markup is made by html`…`');
});
