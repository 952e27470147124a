/** What "What is lost" shows, from anything: see `parseWorkspace.ts`. */
import { learnedLayerNames } from '../../graph/learned/names.ts';
import { fieldsOf, listOf, readInteger, readOneOf } from '../fields.ts';
import { defaultLoss, type LossState, mostSubstitutes, substituteKinds } from '../loss.ts';

/** From anything; what it does not say, or says wrongly, is the default. A size is brought into what the layer allows where it is used. */
export function parseLoss(value: unknown): LossState {
  const fields = fieldsOf(value) ?? {};
  const substitutes = listOf(fields.substitutes).flatMap((each) => {
    const { kind, size } = fieldsOf(each) ?? {};
    const known = substituteKinds.find((name) => name === kind);
    return known ? [{ kind: known, size: readInteger(size, 1, 1024, 1) }] : [];
  });
  return {
    layer: readOneOf(fields.layer, ['explore', ...learnedLayerNames], defaultLoss.layer),
    by: fields.by === 'weights' ? 'weights' : 'responses',
    substitutes: Array.isArray(fields.substitutes) ? substitutes.slice(0, mostSubstitutes) : defaultLoss.substitutes,
  };
}
