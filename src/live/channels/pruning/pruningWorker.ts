/** Pruned networks and budgets, off the main thread. */
import { expose } from 'comlink';
import { removalWithin, whatIf } from './whatIf.ts';

expose({ removalWithin, whatIf });
