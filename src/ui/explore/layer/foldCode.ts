/**
 * Folds the long lines of a text of several lines after the commas between a call's arguments. A text area cannot hang broken lines
 * line by line (Chromium leaves out `text-indent: each-line` there), so the coloured text behind it would break elsewhere and the
 * caret stand beside its letter. Line breaks within brackets mean nothing in Python: the folded text is the same layer.
 */

/** What the layer card's narrowest column holds at the size of its letters. */
const codeColumns = 38;

/** Deeper than the call that is folded, and less deep than a layer inside a layer. */
const hang = '  ';

/** A single line is left to the style sheet, which can hang that one. */
export function foldCode(text: string, columns = codeColumns): string {
  const lines = text.split('\n');
  return lines.length === 1 ? text : lines.map((line) => foldLine(line, columns)).join('\n');
}

function foldLine(line: string, columns: number): string {
  if (line.length <= columns) return line;
  const indentation = /^ */.exec(line)![0] + hang;
  const folded: string[] = [];
  let current = '';
  for (const piece of argumentPieces(line)) {
    if (current !== '' && (current + piece).trimEnd().length > columns) {
      folded.push(current.trimEnd());
      current = indentation + piece;
    } else current += piece;
  }
  return [...folded, current].join('\n');
}

/** The pieces that stay whole: cut after each ", " within exactly one bracket, so tuples are not torn. Joined they are the line. */
function argumentPieces(line: string): string[] {
  const pieces: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < line.length; at++) {
    const sign = line[at]!;
    if (sign === '(') depth += 1;
    else if (sign === ')') depth -= 1;
    else if (sign === ' ' && line[at - 1] === ',' && depth === 1) {
      pieces.push(line.slice(start, at + 1));
      start = at + 1;
    }
  }
  return [...pieces, line.slice(start)];
}
