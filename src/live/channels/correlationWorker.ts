/** Correlations of a pair of layers, off the main thread: 768 channels take seconds. */
import { expose } from 'comlink';
import { correlate } from './correlate.ts';

expose({ correlate });
