/** The figure of filter groups as files: a picture of what is looked at, and animations over training and over the numbers of groups. */
import { type Gif, writeGif } from '../../formats/gif.ts';
import { blockShare } from '../../math/blockShare.ts';
import type { Matrix } from '../../math/matrix.ts';
import type { TrainView } from '../../store/train.ts';
import { bakeColourMap } from '../../views/colour/colourMaps.ts';
import { bakeHeat } from '../../views/correlation/heat.ts';
import { correlationPicture, largestMagnitude } from '../../views/correlation/picture.ts';
import type { Figure } from '../../views/figure/marks.ts';
import { indexed, paletteOf } from '../../views/figure/palette.ts';
import { type MatricesContent, matricesFigure } from '../../views/training/matricesFigure.ts';
import { figurePixels, pngFile, svgFile } from '../figureFiles.ts';
import { type GroupColumn, type GroupFigure, momentAt, sharedRange } from './groupFigure.ts';

/** What the files say, in the person's language. */
export interface MatrixWords {
  readonly title: string;
  readonly untrained: string;
  readonly step: (steps: number) => string;
  /** "in blocks 46.8 %". */
  readonly share: (share: string) => string;
  readonly note: string;
}

/** On paper whatever the page's theme. */
const ground = { zero: [255, 255, 255], isDark: false } as const;
const frameMs = { training: 600, groups: 1000 } as const;
/** Pixels of an animation to one of its figure: a matrix alone has room. */
const scales = { training: 1, groups: 2 } as const;

type Look = Pick<TrainView, 'measure' | 'isSigned' | 'scale'>;

export async function matrixPicture(
  format: 'svg' | 'png',
  figure: GroupFigure,
  look: Look,
  words: MatrixWords,
): Promise<File> {
  const moments = figure.columns.some(({ trained }) => trained.length > 0) ? [1, 0] : [0];
  const drawn = drawing(figure, figure.columns, moments, look, words);
  const name = `filter-groups-${look.measure}.${format}`;
  return format === 'svg' ? svgFile(drawn, name) : pngFile(drawn, name);
}

/** Over training: all numbers of groups at once, from untrained to the newest moment; over groups: one after another, untrained and newest. */
export function matrixAnimation(
  over: 'training' | 'groups',
  figure: GroupFigure,
  look: Look,
  words: MatrixWords,
): File {
  const moments = Math.max(0, ...figure.columns.map(({ trained }) => trained.length));
  const frames =
    over === 'training'
      ? Array.from({ length: moments + 1 }, (_, i) =>
          drawing(figure, figure.columns, [moments === 0 ? 0 : i / moments], look, words),
        )
      : figure.columns.map((column) => drawing(figure, [column], moments === 0 ? [0] : [1, 0], look, words));
  return new File(
    [writeGif(gifOf(frames, tableOf(look), frameMs[over], scales[over]))],
    `filter-groups-over-${over}.gif`,
    {
      type: 'image/gif',
    },
  );
}

/** All frames are as large as the largest. */
function gifOf(figures: readonly Figure[], table: Uint8Array, milliseconds: number, scale: number): Gif {
  const [width, height] = [Math.max(...figures.map((f) => f.width)), Math.max(...figures.map((f) => f.height))];
  const palette = paletteOf(table);
  const frames = figures.map((figure) => {
    const { data } = figurePixels({ ...figure, width, height }, scale);
    return { indices: indexed(data, palette), milliseconds };
  });
  return { width: Math.ceil(width * scale), height: Math.ceil(height * scale), palette, frames };
}

const tableOf = ({ isSigned }: Look) => (isSigned ? bakeColourMap('rdbu', ground) : bakeHeat(ground));

/** `moments`: of training, 0 untrained to 1 the newest; one row for each. */
function drawing(
  { rowLayer, columnLayer }: GroupFigure,
  columns: readonly GroupColumn[],
  moments: readonly number[],
  look: Look,
  words: MatrixWords,
): Figure {
  const { measure, isSigned, scale } = look;
  const table = tableOf(look);
  const picture = (matrix: Matrix) => {
    const hi = scale === 'own' ? largestMagnitude(matrix) : sharedRange[measure];
    const colours = { colours: table, ends: { lo: isSigned ? -hi : 0, hi }, isAbsolute: !isSigned };
    return { width: matrix.columns, height: matrix.rows, rgba: correlationPicture(matrix, colours) };
  };
  const named = (moment: number) => {
    const [column] = columns;
    const at = column ? Math.round(moment * column.trained.length) : 0;
    const step = column?.trained[at - 1]?.step;
    return step === undefined ? words.untrained : words.step(step);
  };
  const end = sharedRange[measure];
  const content: MatricesContent = {
    title: words.title,
    subtitle: `${rowLayer} × ${columnLayer} · ReLU · ${measure}`,
    rows: moments.map(named),
    columns: columns.map((column) => ({
      name: `g = ${column.groups}`,
      groups: column.groups,
      matrices: moments.map((moment) => {
        const matrix = momentAt(column, moment)[measure];
        const share = `${(100 * blockShare(matrix, column.groups)).toFixed(1)} %`;
        return { picture: picture(matrix), text: column.groups === 1 ? '' : words.share(share) };
      }),
    })),
    bar: scale === 'own' ? null : { colours: table, lo: isSigned ? `−${end}` : '0', hi: `≥ ${end}` },
    notes: [words.note],
  };
  return matricesFigure(content);
}
