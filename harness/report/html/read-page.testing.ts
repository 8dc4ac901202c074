import { XmlDocument, XmlElement, XmlText } from 'libxml2-wasm';

/** One element of a page. */
export type PageElement = {
  readonly name: string;
  readonly depth: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
};

/**
 * All elements of a page in order, for tests alone. The page is read as XML, which forgives nothing: text that broke out of its
 * place leaves a document that is not well-formed, and this throws.
 */
export function readPage(page: string): PageElement[] {
  using document = XmlDocument.fromString(page);
  const found: PageElement[] = [];
  const visit = (element: XmlElement, depth: number) => {
    const attributes = Object.fromEntries(element.attrs.map(({ name, content }) => [name, content]));
    found.push({ name: element.name, depth, attributes, text: element.content });
    for (let child = element.firstChild; child; child = child.next) {
      if (child instanceof XmlElement) visit(child, depth + 1);
      else if (!(child instanceof XmlText)) throw new TypeError(`There is something in <${element.name}> that is neither element nor ` +
        `text: ${child.content}`);
    }
  };
  visit(document.root, 0);
  return found;
}
