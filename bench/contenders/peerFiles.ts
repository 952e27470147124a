/** The peers' own files, served unchanged from the benchmark's `node_modules`. */

export function peerPath(file: string): string {
  return new URL(`/peers/${file}`, location.href).href;
}

/** Loads a classic script and waits for it. */
export function loadScript(url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = url;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${url} could not be loaded.`));
    document.head.append(script);
  });
}
