/** The mark: a 3 x 3 kernel, its centre in the colour of the receptive field. */
const amber = [
  [9, 0],
  [0, 9],
  [18, 9],
  [9, 18],
] as const;
const quiet = [
  [0, 0],
  [18, 0],
  [0, 18],
  [18, 18],
] as const;

export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 25 25" width="25" height="25" aria-hidden="true">
      {quiet.map(([x, y]) => (
        <rect key={`${x} ${y}`} x={x} y={y} width="7" height="7" rx="1.6" fill="var(--edge)" />
      ))}
      {amber.map(([x, y]) => (
        <rect key={`${x} ${y}`} x={x} y={y} width="7" height="7" rx="1.6" fill="var(--weights)" />
      ))}
      <rect x="9" y="9" width="7" height="7" rx="1.6" fill="var(--field)" />
    </svg>
  );
}
