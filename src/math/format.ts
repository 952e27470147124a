/** Numbers as the product prints them: thin spaces between thousands, SI prefixes, at most four significant digits, a real minus. */

/** U+202F, a narrow space at which no line breaks. */
const thinSpace = '\u202f';
const minus = '\u2212';
const prefixes = ['', 'k', 'M', 'G', 'T', 'P'] as const;

/** 21308672 → "21 308 672" (thin spaces). Four digits stay together, as in running text. */
export function exactCount(count: number): string {
  const digits = Math.abs(count).toFixed(0);
  const grouped = digits.length <= 4 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, thinSpace);
  return count < 0 ? minus + grouped : grouped;
}

function scaled(value: number, step: number): { readonly text: string; readonly power: number } {
  let power = 0;
  let rest = Math.abs(value);
  while (rest >= step && power < prefixes.length - 1) {
    rest /= step;
    power += 1;
  }
  // 999.96 k is 1 M once it is rounded to three digits.
  if (Number(rest.toPrecision(3)) >= step && power < prefixes.length - 1) {
    rest /= step;
    power += 1;
  }
  const decimals = power === 0 ? 0 : rest >= 100 ? 0 : rest >= 10 ? 1 : 2;
  return { text: (value < 0 ? minus : '') + rest.toFixed(decimals), power };
}

/** 21308672 → "21.3 M"; below 1000 exact. */
export function siCount(count: number): string {
  const { text, power } = scaled(count, 1000);
  return power === 0 ? text : `${text}${thinSpace}${prefixes[power]}`;
}

/** Bytes in decimal units: 6494400 → "6.49 MB". */
export function byteCount(bytes: number): string {
  const { text, power } = scaled(bytes, 1000);
  return `${text}${thinSpace}${prefixes[power]}B`;
}

/** A share in percent: 0.9934 → "99.3 %"; only exactly 1 is "100 %", and only exactly 0 is "0 %". */
export function percent(share: number): string {
  if (share === 1) return `100${thinSpace}%`;
  if (share === 0) return `0${thinSpace}%`;
  return `${Math.min(99.9, Math.max(0.1, share * 100)).toFixed(1)}${thinSpace}%`;
}

/** A measured value with at most four significant digits: -0.81743 → "−0.8174". */
export function measured(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace('-', minus);
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const text =
    magnitude >= 1e5 || magnitude < 1e-4
      ? magnitude.toExponential(2).replace('e-', `e${minus}`).replace('e+', 'e')
      : Number(magnitude.toPrecision(4)).toString();
  return value < 0 ? minus + text : text;
}

/** Milliseconds with three significant digits, never "0": 0.00123 → "0.001" is printed as "< 0.01". */
export function milliseconds(ms: number): string {
  if (ms < 0.01) return `<${thinSpace}0.01`;
  if (ms >= 100) return exactCount(Math.round(ms));
  return Number(ms.toPrecision(3)).toString();
}
