/**
 * One workspace at work: its three stores, and the commands that reach beyond a store (files, camera, engine, export). `ui` holds
 * exactly one of these and knows nothing else of `live`.
 */
import type { StoreApi } from 'zustand/vanilla';
import type { CheckReport } from '../engine/check.ts';
import type { DisplayRange, EngineChoice, Precision } from '../engine/engine.ts';
import type { BlobStore } from '../store/blobs.ts';
import type { PointerStore } from '../store/pointer.ts';
import type { WorkspaceStore } from '../store/workspaceStore.ts';
import type { ExploredLayer } from './networkLayer/exploredLayer.ts';
import type { ResultsStore } from './results.ts';

export type { CheckReport };

export type ExportKind = 'npz' | 'png' | 'csv' | 'json' | 'pytorch' | 'convscope';

/** What a saved picture of the maps says, in the person's language, and how it looks. */
export interface PictureWords {
  readonly title: string;
  readonly code: readonly string[];
  readonly label: (channel: number) => string;
  readonly number: (value: number) => string;
  /** What stands at the ends of the colour bar when each map has its own range. */
  readonly ends: { readonly lowest: string; readonly highest: string };
  readonly caption: string;
  readonly range: DisplayRange;
  /** 256 RGBA entries. */
  readonly colours: Uint8Array;
  readonly style: {
    readonly background: string;
    readonly text: string;
    readonly quiet: string;
    readonly sans: string;
    readonly mono: string;
  };
}

export type ShareLink =
  | { readonly kind: 'link'; readonly url: string; readonly withoutPhoto: boolean }
  /** The state does not fit in 8 KB: a `.convscope` file is offered instead. */
  | { readonly kind: 'too-large'; readonly bytes: number };

export interface CameraState {
  readonly status: 'off' | 'starting' | 'live' | 'frozen';
  readonly source: 'camera' | 'video' | null;
}

export interface Session {
  readonly workspace: WorkspaceStore;
  readonly pointer: PointerStore;
  readonly results: ResultsStore;
  /** Null unless Explore looks at a layer of the network. */
  readonly layer: StoreApi<ExploredLayer | null>;
  /** Where a person's own files are kept that a screen's state names. */
  readonly blobs: Pick<BlobStore, 'get' | 'put'>;

  /** Takes a dropped, pasted or chosen file: a photo, a video, a `.convscope`, `.json` or `.npz` file. Problems go to `results.problem`. */
  openFile(file: File): Promise<void>;
  startCamera(): Promise<void>;
  /** Keeps the present frame as the photo and stops the camera or video. */
  freeze(): Promise<void>;
  /** Ends the camera or video; the photo from before comes back. */
  stopCamera(): void;
  readonly camera: StoreApi<CameraState>;
  /** RGBA bytes painted over the working picture (same size as `results.picture`), or null to clear. */
  paint(overlay: Uint8ClampedArray<ArrayBuffer> | null): Promise<void>;
  /** The painting as it stands, RGBA bytes at the size at which it was painted; null when there is none. */
  painting(): Promise<ImageData | null>;

  chooseEngine(choice: EngineChoice): Promise<void>;
  /** Gives the device back while nobody looks: there are no results until an engine is chosen again. */
  rest(): void;
  /** How the maps on the screen are computed from now on, where the engine has the choice. Checks and exports are exact whatever is chosen. */
  choosePrecision(precision: Precision): void;
  check(onProgress: (share: number) => void, signal: AbortSignal): Promise<CheckReport>;
  /** Makes the file of the newest state and hands it to the browser to save. Rejects (`NoMapsError`) when that has no maps. */
  exportAs(kind: Exclude<ExportKind, 'png'>): Promise<void>;
  exportPicture(words: () => PictureWords | null): Promise<void>;
  share(): Promise<ShareLink>;
  dismissProblem(): void;
  dispose(): void;
}
