/** How many bytes of maps the person lets the screen keep, and a measurement hold at once. */
import { preferences } from '../shell/preferences.ts';

export const mapLimitBytes = (): number => Number(preferences.getState().mapLimit) * 2 ** 20;
