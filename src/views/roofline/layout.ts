/**
 * A roofline (Williams, Waterman and Patterson 2009): operations per byte against operations per second, both logarithmic. The roof is
 * min(peak, bandwidth · intensity); a point is an operator, as far below the roof as it is from the device's limit. Where points
 * crowd, their numbers stand beside them.
 */
import { scaleLog } from 'd3-scale';

export interface RoofPoint {
  readonly number: number;
  /** FLOP per byte, and GFLOP/s; both above 0. */
  readonly intensity: number;
  readonly gflops: number;
}

export interface Roof {
  readonly gflops: number;
  readonly gigabytesPerSecond: number;
}

export interface Tick {
  readonly value: number;
  readonly at: number;
}

export interface PlacedPoint extends RoofPoint {
  readonly x: number;
  readonly y: number;
  /** The middle of its number. */
  readonly labelX: number;
  readonly labelY: number;
}

export interface RooflineLayout {
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  /** From the left edge along memory's slope to the ridge, and on at the peak. */
  readonly roof: readonly (readonly [x: number, y: number])[];
  readonly points: readonly PlacedPoint[];
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function roofAt(intensity: number, { gflops, gigabytesPerSecond }: Roof): number {
  return Math.min(gflops, gigabytesPerSecond * intensity);
}

/** How far apart the middles of two numbers are at least. */
const labelSize = 19;

export function rooflineLayout(roof: Roof, points: readonly RoofPoint[], frame: Frame): RooflineLayout {
  const ridge = roof.gflops / roof.gigabytesPerSecond;
  const intensities = [ridge, ...points.map(({ intensity }) => intensity)];
  const [from, to] = [Math.min(...intensities) / 4, Math.max(...intensities) * 4];
  const heights = [roof.gflops, roofAt(from, roof), ...points.map(({ gflops }) => gflops)];
  const x = scaleLog()
    .domain([from, to])
    .range([frame.left, frame.width - frame.right]);
  const y = scaleLog()
    .domain([Math.min(...heights) / 2, Math.max(...heights) * 2])
    .range([frame.height - frame.bottom, frame.top]);
  const places = points.map((point) => ({ ...point, x: x(point.intensity), y: y(point.gflops) }));
  return {
    xTicks: decades(x.domain()).map((value) => ({ value, at: x(value) })),
    yTicks: decades(y.domain()).map((value) => ({ value, at: y(value) })),
    roof: [from, ridge, to].map((intensity) => [x(intensity), y(roofAt(intensity, roof))] as const),
    points: labelled(places, frame),
  };
}

/** Powers of ten in the domain; where there are fewer than three, twos and fives too. */
function decades([from = 1, to = 1]: readonly number[]): readonly number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(to)) - Math.floor(Math.log10(from)) + 1 },
    (_, i) => 10 ** (Math.floor(Math.log10(from)) + i),
  );
  const inside = (values: readonly number[]) => values.filter((value) => value >= from && value <= to);
  const tens = inside(powers);
  return tens.length >= 3 ? tens : inside(powers.flatMap((power) => [power, 2 * power, 5 * power]));
}

/** Where a number may stand from its point, the best first. */
const offsets = [0, 1, 2, 3].flatMap((ring) =>
  [-90, -30, -150, 30, 150, 90].map((degrees) => {
    const [distance, angle] = [14 + 18 * ring, (degrees * Math.PI) / 180];
    return [distance * Math.cos(angle), distance * Math.sin(angle)] as const;
  }),
);

type Place = RoofPoint & Pick<PlacedPoint, 'x' | 'y'>;

function labelled(points: readonly Place[], frame: Frame): readonly PlacedPoint[] {
  const placed: PlacedPoint[] = [];
  for (const point of points) {
    const isFree = ([dx, dy]: readonly [number, number]): boolean => {
      const [labelX, labelY] = [point.x + dx, point.y + dy];
      const isInside =
        labelX > frame.left + 8 && labelX < frame.width - 10 && labelY > 10 && labelY < frame.height - frame.bottom - 8;
      const isFar = (x: number, y: number, least: number) => Math.hypot(labelX - x, labelY - y) >= least;
      return (
        isInside &&
        placed.every((other) => isFar(other.labelX, other.labelY, labelSize)) &&
        points.every((other) => isFar(other.x, other.y, 11))
      );
    };
    const [dx, dy] = offsets.find(isFree) ?? offsets[0]!;
    placed.push({ ...point, labelX: point.x + dx, labelY: point.y + dy });
  }
  return placed;
}
