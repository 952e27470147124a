/** llvmpipe, Mesa's Vulkan driver on the CPU: Vulkan's loader takes the driver that a file (ICD) names. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fail } from '../dependencies.mjs';

const usualPlaces = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d'];
const files = ['lvp_icd.json', 'lvp_icd.x86_64.json', 'lvp_icd.aarch64.json'];

/** Names the driver to the loader; VK_ICD_FILENAMES comes before the usual places. */
export function nameLlvmpipe() {
  const named = process.env.VK_ICD_FILENAMES;
  const file = named ?? usualPlaces.flatMap((place) => files.map((name) => join(place, name))).find(existsSync);
  if (file === undefined || !file.split(':').every(existsSync)) {
    fail(
      named === undefined
        ? 'llvmpipe is not installed: its driver file lvp_icd.json stands in none of the usual places (Debian: mesa-vulkan-drivers); VK_ICD_FILENAMES names another place.'
        : `VK_ICD_FILENAMES names ${named}, which is not there.`,
    );
  }
  process.env.VK_ICD_FILENAMES = file;
}
