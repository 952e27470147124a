/** The border around lit cells of a grid as an SVG path, one unit for each cell: the edges where a lit cell meets one that is not. */
export function outlinePath(isLit: (cell: number) => boolean, width: number, height: number): string {
  const at = (y: number, x: number) => y >= 0 && y < height && x >= 0 && x < width && isLit(y * width + x);
  const edges: string[] = [];
  for (let y = 0; y <= height; y++) {
    for (let x = 0; x < width; x++) {
      if (at(y - 1, x) === at(y, x)) continue;
      const start = x;
      // Edges in one line are one stroke.
      while (x + 1 < width && at(y - 1, x + 1) !== at(y, x + 1)) x++;
      edges.push(`M${start} ${y}H${x + 1}`);
    }
  }
  for (let x = 0; x <= width; x++) {
    for (let y = 0; y < height; y++) {
      if (at(y, x - 1) === at(y, x)) continue;
      const start = y;
      while (y + 1 < height && at(y + 1, x - 1) !== at(y + 1, x)) y++;
      edges.push(`M${x} ${start}V${y + 1}`);
    }
  }
  return edges.join('');
}

/** The lit cells themselves, as rows of rectangles. */
export function cellsPath(isLit: (cell: number) => boolean, width: number, height: number): string {
  const rows: string[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isLit(y * width + x)) continue;
      const start = x;
      while (x + 1 < width && isLit(y * width + x + 1)) x++;
      rows.push(`M${start} ${y}H${x + 1}v1H${start}z`);
    }
  }
  return rows.join('');
}
