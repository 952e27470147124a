/** Fitting, off the page's thread. */
import type { FromWorker, ToWorker } from './fitProtocol.ts';
import { createFitRunner } from './fitRunner.ts';

const tell = (news: FromWorker) => self.postMessage(news);
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
const take = createFitRunner(tell, pause);

self.addEventListener('message', ({ data }: MessageEvent<ToWorker>) => take(data));
