/** Lines of at most `letters` letters, broken at spaces; a word that is longer stands alone. Korean letters are twice as wide as Latin ones. */
export function wrapped(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer) > letters) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function widthOf(text: string): number {
  return [...text].reduce((sum, letter) => sum + (letter >= '\u1100' ? 2 : 1), 0);
}
