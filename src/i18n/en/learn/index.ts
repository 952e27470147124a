/** Learn: what stands around every chapter, and the chapters, one file each. */
import { choosing } from './choosing.ts';
import { context } from './context.ts';
import { correlation } from './correlation.ts';
import { cost } from './cost.ts';
import { dead } from './dead.ts';
import { expense } from './expense.ts';
import { kinds } from './kinds.ts';
import { layer } from './layer.ts';
import { locality } from './locality.ts';
import { running } from './running.ts';
import { transposed } from './transposed.ts';
import { wider } from './wider.ts';

export const learn = {
  chaptersTitle: 'Chapters',
  parts: { basics: 'The layer', price: 'The price', kinds: 'The kinds', inside: 'How it runs' },
  finished: 'finished',
  done: 'done',
  figure: 'Figure',
  photo: 'Photo',
  layer: 'The layer',
  tasks: 'To try and to predict',
  try: 'Try it',
  predict: 'What do you expect?',
  right: 'Yes: {{seen}}.',
  wrong: 'The figure says {{seen}}.',
  answers: { yes: 'yes', no: 'no', more: 'more', less: 'less', same: 'as before' },
  openIn: 'Open in {{screen}}',
  again: 'Start the figure again',
  embed: 'This figure in your own page',
  embedTooLarge: 'This state is more than an address can hold. Open it in its screen and save a .convscope file.',
  embedWithoutPhoto: 'Your own photo is not in it: readers see a sample photo.',
  present: 'Show to a room',
  presentEnd: 'End the presentation',
  sources: 'Sources',
  previous: 'Back',
  next: 'Next',
  chapters: { layer, locality, cost, context, expense, dead, correlation, kinds, wider, transposed, choosing, running },
} as const;
