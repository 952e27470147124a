/**
 * What a chapter of Learn is: the state that its figure begins with, what shows that state, and what a reader is asked to try and to
 * predict. Its sentences stand in the dictionaries, under its name.
 */
import type { ComponentType } from 'react';
import type { LateWords } from '../../../i18n/index.ts';
import type { Picture, ResultsState } from '../../../live/results.ts';
import type { ChapterName } from '../../../store/learn.ts';
import type { PointerState } from '../../../store/pointer.ts';
import type { ScreenName, Workspace } from '../../../store/workspace.ts';
import type { Told } from '../telling.tsx';

/** The figure as it stands now: its state, the picture that it works on, what it has computed, and where one points. */
export interface FigureFacts {
  readonly workspace: Workspace;
  readonly picture: Picture;
  readonly results: ResultsState;
  readonly pointer: PointerState;
  /** What the figure has told beside. */
  readonly told: Told;
}

/** What may be answered: a number or shape as it is printed, or one of the words that all questions share (`learn:answers`). */
export type Answer = string | { readonly word: 'yes' | 'no' | 'more' | 'less' | 'same' };

/**
 * What the figure will do is predicted first and then seen: the answer is never looked up, the figure gives it. Its words may name the
 * picture's {{width}} and {{height}}.
 */
export interface Question {
  /** At least two, among them the right one; they must not depend on how far the reader has moved the figure. */
  readonly answers: (facts: FigureFacts) => readonly Answer[];
  /** Whether the figure shows what was asked about. */
  readonly isShown: (facts: FigureFacts) => boolean;
  /** The figure's answer; asked for when it is shown. */
  readonly seen: (facts: FigureFacts) => Answer;
}

export interface Chapter {
  readonly name: ChapterName;
  /** The figure's state at first, from a workspace as the page opens first over the reader's photo. */
  readonly state: (start: Workspace) => Workspace;
  /** Loaded when the chapter is opened, with the words that it says. */
  readonly figure: () => Promise<ComponentType>;
  readonly words: readonly (keyof LateWords)[];
  /** Where the figure's state can be gone on with; the first is where it opens from somebody else's page. */
  readonly opens: readonly Exclude<ScreenName, 'learn'>[];
  /** TeX. */
  readonly formula: string;
  /** Whether the reader has done what the chapter asks them to try. */
  readonly isTried: (facts: FigureFacts) => boolean;
  readonly questions: Readonly<Record<'one' | 'two', Question>>;
  readonly sources: readonly Source[];
}

/** Titles are cited in the language in which they were published. */
export interface Source {
  readonly title: string;
  readonly href: string;
}

export function sameAnswer(a: Answer, b: Answer): boolean {
  return typeof a === 'string' || typeof b === 'string' ? a === b : a.word === b.word;
}
