/**
 * The interval in which the true rate lies with 95 % confidence, when `bad` of `count` were bad; from 0 to 1.
 * E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927); it also holds for 0 of n.
 */
export function wilsonInterval(bad: number, count: number): { readonly low: number; readonly high: number } {
  const z = 1.959964; // 97.5 % quantile of the normal distribution
  const rate = bad / count;
  const centre = rate + z ** 2 / (2 * count);
  const half = z * Math.sqrt((rate * (1 - rate)) / count + z ** 2 / (4 * count ** 2));
  const scale = 1 + z ** 2 / count;
  return { low: Math.max(0, (centre - half) / scale), high: Math.min(1, (centre + half) / scale) };
}
