/** The desks of Channels, running as long as the component that shows them. */
import { useEffect, useState } from 'react';
import { startPhotoDesk } from '../../formats/image/photoDeskClient.ts';
import { startChannelsDesk } from '../../live/channels/channelsDesk.ts';
import { startPruneDesk } from '../../live/channels/pruning/pruneDesk.ts';
import { fetchFile } from '../../live/fetchFile.ts';
import { fetchSample } from '../../live/fetchSample.ts';
import { samples } from '../explore/input/Samples.tsx';
import { useSession } from '../session.tsx';
import { createChannelsContext } from './channels.tsx';
import { runsOf } from './sources/runsOf.ts';

/** Null before the first effect. */
export function useRunningChannels(): ReturnType<typeof createChannelsContext> | null {
  const session = useSession();
  const [channels, setChannels] = useState<ReturnType<typeof createChannelsContext> | null>(null);
  useEffect(() => {
    const { blobs } = session;
    const trainedRuns = () => runsOf(session);
    const given = { blobs, fetchSample, fetchFile, trainedRuns, samples };
    const desk = startChannelsDesk(session, { ...given, startDesk: startPhotoDesk });
    const pruning = startPruneDesk(session, desk);
    setChannels(createChannelsContext(desk, pruning));
    return () => {
      pruning.dispose();
      desk.dispose();
    };
  }, [session]);
  return channels;
}
