/** Renders a panel of the Network screen over a desk that computes: a small wavy picture on the CPU engine. */
import '../../../operators/late.ts';
import type { ReactNode } from 'react';
import { createCpuEngine } from '../../../engine/cpu/index.ts';
import { type Language, loadWords, startI18n } from '../../../i18n/index.ts';
import { type NetworkDesk, startNetworkDesk } from '../../../live/network/networkDesk.ts';
import type { Session } from '../../../live/session.ts';
import type { Pair } from '../../../operators/operator.ts';
import { defaultWorkspace } from '../../../store/defaultWorkspace.ts';
import { defaultNetwork, type NetworkState } from '../../../store/network.ts';
import { wavyPicture } from '../../explore/testing/computedSession.ts';
import { createLayerSession } from '../../explore/testing/layerSession.ts';
import { renderWithSession } from '../../explore/testing/renderWithSession.tsx';
import { createNetworkContext, NetworkProvider } from '../network.tsx';

export interface NetworkSessionOptions {
  readonly network?: Partial<NetworkState>;
  /** Of the photo; the network reads it as it is. */
  readonly size?: Pair;
  readonly language?: Language;
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
}

export interface NetworkSession {
  readonly session: Session;
  readonly desk: NetworkDesk;
  dispose(): void;
}

export async function renderNetwork(
  part: ReactNode,
  { network, size = [64, 96], language = 'en', theme = 'light', width = 360 }: NetworkSessionOptions = {},
): Promise<NetworkSession> {
  const initial = { ...defaultWorkspace(), network: { ...defaultNetwork, ...network } };
  const session = createLayerSession(size, initial);
  const engine = await createCpuEngine({ threads: 1 });
  session.results.setState({ running: engine, picture: wavyPicture(size, initial.input) });
  const desk = startNetworkDesk(session, 2 ** 28);
  await startI18n(language);
  await loadWords('network');
  await renderWithSession(session, <NetworkProvider value={createNetworkContext(desk)}>{part}</NetworkProvider>, {
    ...{ language, theme, width },
  });
  return {
    session,
    desk,
    dispose() {
      desk.dispose();
      engine.destroy();
    },
  };
}
