/** Why something of the screen cannot be had, for the person. */
import { EngineError } from '../../engine/engine.ts';
import { OtherPhotoError } from '../network/effect/otherPictures.ts';
import { networkProblem } from '../network/refusal.ts';
import type { Problem } from '../results.ts';
import { ChannelsRefusal } from './subject.ts';

export function channelsProblem(error: unknown): Problem {
  if (error instanceof ChannelsRefusal || error instanceof OtherPhotoError) return error.problem;
  return networkProblem(error instanceof EngineError || error instanceof Error ? error : new Error(String(error)));
}
