/**
 * Whether less is promised of a result than before: a value became a matcher, a matcher a wider one, a key or an element went. Another
 * value of the same exactness is another promise, not a weaker one.
 */
export function isLooser(was: unknown, is: unknown): boolean {
  const [before, now] = [widthOf(was), widthOf(is)];
  if (now > before) return true;
  // A narrower one promises more; two expressions cannot be compared, and `value` is as wide as it gets.
  if (now < before || now > 0) return false;
  if (Array.isArray(was)) return !Array.isArray(is) || is.length < was.length || was.some((item, index) => isLooser(item, is[index]));
  if (!isObject(was)) return isObject(is) ? false : was !== undefined && is === undefined;
  return !isObject(is) || Object.entries(was).some(([key, item]) => !Object.hasOwn(is, key) || isLooser(item, is[key]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => (
  typeof value === 'object' && value !== null && !Array.isArray(value)
);

/** 0 for a value, 1 for a text that matches, 2 for any of a kind, 3 for anything at all. */
function widthOf(value: unknown): number {
  if (!isObject(value)) return 0;
  if (Object.hasOwn(value, '$matches')) return 1;
  return Object.hasOwn(value, '$any') ? (value['$any'] === 'value' ? 3 : 2) : 0;
}
