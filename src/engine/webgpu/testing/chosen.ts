/** An engine for tests that is told how each convolution is computed. */
import { expect } from 'vitest';
import { type ConvChoice, type DirectChoice, problemKey } from '../../../operators/conv2d/choice.ts';
import type { Engine } from '../../engine.ts';
import { createWebGPUEngine, type WebGPUEngineOptions } from '../index.ts';
import { extentOf } from './convolutions.ts';
import { type Case, expectExact } from './exactness.ts';

/** Its table of choices is filled case by case, so that a text is compiled once for all of them. */
export class Chosen {
  readonly #choices = new Map<string, ConvChoice>();
  engine!: Engine;

  async open(options: Omit<WebGPUEngineOptions, 'gpu' | 'choices'>): Promise<void> {
    this.engine = await createWebGPUEngine({ gpu: navigator.gpu, choices: this.#choices, ...options });
  }

  /** Against the float64 reference, by the program that was chosen and no other. Returns the programs that ran. */
  async expectExact(choice: DirectChoice, one: Case): Promise<readonly string[]> {
    this.#choices.clear();
    this.#choices.set(problemKey(one.conv, extentOf(one)), choice);
    const programs = await expectExact(this.engine, one);
    const { algorithm, pixels, columns = 1, filters } = choice;
    // How many rows `rolling` goes down is no part of its text.
    const isRowByRow = algorithm === 'rolling' || algorithm === 'rolling lanes';
    const rows = isRowByRow ? '' : `P${pixels}`;
    const across = isRowByRow || columns > 1 ? `Q${columns}` : '';
    const tile = `${rows}${across}C${filters}`;
    expect(programs.at(-1)?.replace(/ k[\dx]+ s[\dx]+/, '')).toBe(`${algorithm} ${tile}`);
    return programs;
  }
}
