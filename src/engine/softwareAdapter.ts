/** Tells adapters that run on the CPU from GPUs. Browsers mark theirs as fallback; drivers of the system are known by name. */

export type AdapterInfo = Omit<GPUAdapterInfo, '__brand'>;

/**
 * What an adapter says of itself, in browsers old and new: first there was no `info`, then the mark of a software adapter stood on the
 * adapter itself. What is not said is empty or 0.
 */
export function infoOf(adapter: {
  readonly info?: Partial<AdapterInfo> | undefined;
  readonly isFallbackAdapter?: boolean | undefined;
}): AdapterInfo {
  const { info } = adapter;
  return {
    vendor: info?.vendor ?? '',
    architecture: info?.architecture ?? '',
    device: info?.device ?? '',
    description: info?.description ?? '',
    subgroupMinSize: info?.subgroupMinSize ?? 0,
    subgroupMaxSize: info?.subgroupMaxSize ?? 0,
    isFallbackAdapter: info?.isFallbackAdapter ?? adapter.isFallbackAdapter ?? false,
  };
}

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

export function isSoftwareAdapter(
  info: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> & {
    readonly isFallbackAdapter?: boolean;
  },
): boolean {
  if (info.isFallbackAdapter) return true;
  return softwareNames.test([info.vendor, info.architecture, info.device, info.description].join(' '));
}
