/**
 * What a figure has found out that does not stand in its session: prices of columns, a layer's field, how many channels are dead. The chapter
 * answers its questions from it. A figure in somebody else's page has nobody to tell.
 */
import { createContext, useContext, useEffect } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';

export type Told = Readonly<Record<string, number | string>>;

export const createTold = (): StoreApi<Told> => createStore<Told>(() => ({}));

const ToldContext = createContext<StoreApi<Told> | null>(null);

export const ToldProvider = ToldContext.Provider;

/** Tells what there is now; null: nothing is known yet. */
export function useTell(told: Told | null): void {
  const store = useContext(ToldContext);
  const text = JSON.stringify(told ?? {});
  useEffect(() => {
    store?.setState(JSON.parse(text) as Told, true);
  }, [store, text]);
}
