/** Tells adapters that run on the CPU from GPUs. Browsers mark theirs as fallback; drivers of the system are known by name. */

const softwareNames = /swiftshader|llvmpipe|lavapipe|softpipe|basic render|software/i;

export function isSoftwareAdapter(
  info: Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description'> & {
    readonly isFallbackAdapter?: boolean;
  },
): boolean {
  if (info.isFallbackAdapter) return true;
  return softwareNames.test([info.vendor, info.architecture, info.device, info.description].join(' '));
}
