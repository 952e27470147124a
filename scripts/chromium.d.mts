export const swiftShaderFlags: string[];
export const withoutWebGpuFlags: string[];
export function findChromium(): string | null;
export function ensureChromium(): string;
