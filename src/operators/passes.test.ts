/** The uniform structs of every pass against those of its WGSL, read by reflection. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WgslReflect } from 'wgsl_reflect/wgsl_reflect.module.js';
import { kindCases } from '../../tests/support/cases/index.ts';
import type { OperatorCase } from '../../tests/support/cases/operatorCase.ts';
import { stagedPlans } from '../../tests/support/cases/stagedPlans.ts';
import { rulesOf } from './index.ts';
import { passesOf } from './passes.ts';
import type { Pass } from './programs/passes.ts';

const traits = {
  maxStorageBinding: 2 ** 27,
  maxUniformBinding: 65536,
  maxWorkgroupsPerDimension: 65535,
  canBroadcast: false,
  busyInvocations: 1,
};

function passesOfCase({ operator, inputs }: OperatorCase): readonly Pass[] {
  const shapes = inputs.map(({ shape }) => shape);
  const output = rulesOf(operator).outputShape(operator, shapes);
  if (!output.ok) throw new Error(output.error.message);
  return passesOf(operator, shapes, output.value, traits)?.passes ?? [];
}

describe('the passes of every kind and of convolutions in several programs', () => {
  const cases = kindCases.flatMap(({ random, edges }) => [...edges, ...fc.sample(random, { numRuns: 60, seed: 1 })]);
  const staged = stagedPlans(traits).flatMap((plan) => plan.passes);
  const passes = new Map([...cases.flatMap(passesOfCase), ...staged].map((pass) => [pass.program.key, pass]));

  it.each([...passes.values()].map((pass) => ({ name: pass.program.key, pass })))(
    '$name declares its uniforms and bindings as its WGSL does',
    ({ pass: { program, struct, operands } }) => {
      const reflection = new WgslReflect(program.wgsl);
      const found = reflection.structs.find(({ name }) => name === struct.name);
      const members = found?.members.map(({ name, type, offset }) => ({ name, type: type.name, offset }));
      expect(members).toEqual(Object.entries(struct.fields).map(([name, type], i) => ({ name, type, offset: 4 * i })));
      expect(program.bindings).toHaveLength(operands.length + 1);
      const bindings = [
        ...reflection.uniforms.map(({ binding }) => ({ binding, kind: binding === 0 ? 'dynamic' : 'uniform' })),
        ...reflection.storage.map(({ binding, access }) => ({ binding, kind: access === 'read' ? 'read' : 'write' })),
      ].sort((a, b) => a.binding - b.binding);
      expect(bindings).toEqual(program.bindings.map((kind, binding) => ({ binding, kind })));
    },
  );
});
