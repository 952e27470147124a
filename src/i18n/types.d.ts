import type { en } from './en/index.ts';
import type { LateWords } from './index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app';
    resources: { app: typeof en } & LateWords;
    returnNull: false;
  }
}
