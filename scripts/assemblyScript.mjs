/**
 * A Vite plugin: `import bytes from './index.ts?wasm'` compiles AssemblyScript to WebAssembly and gives its bytes. They travel inside
 * the script that uses them, so that the page, its workers, the development server and the tests in Node load them in the same way.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const query = '?wasm';

/** The module of an entry file and the files that it was made of. */
async function compile(path) {
  // The compiler is large and takes a second to start, so it is loaded by those who compile.
  const { default: asc } = await import('assemblyscript/asc');
  const output = 'module.wasm';
  let bytes = null;
  const { error, stderr } = await asc.main(
    [
      ...[basename(path), '--baseDir', dirname(path), '--outFile', output],
      // The kernels take no memory themselves: their host says where everything stands.
      ...['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='],
    ],
    {
      writeFile: (name, contents) => {
        if (name === output) bytes = contents;
      },
    },
  );
  if (error || !bytes) throw new Error(`${path} does not compile:\n${stderr.toString()}`);
  return bytes;
}

/** Compiled modules by their sources: the page, its workers and the servers of a process share one. */
const modules = new Map();

export function assemblyScript() {
  return {
    name: 'convscope:assemblyscript',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(query)) return null;
      const path = id.slice(0, -query.length);
      const folder = dirname(path);
      const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
      for (const file of files) this.addWatchFile(join(folder, file));
      const sources = files.map((file) => readFileSync(join(folder, file), 'utf8')).join('');
      if (!modules.has(sources)) modules.set(sources, compile(path));
      const base64 = Buffer.from(await modules.get(sources)).toString('base64');
      return `export default Uint8Array.from(atob('${base64}'), (byte) => byte.charCodeAt(0));`;
    },
  };
}
