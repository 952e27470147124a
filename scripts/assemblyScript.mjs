/**
 * A Vite plugin: `import bytes from './index.ts?wasm'` compiles AssemblyScript to WebAssembly and gives its bytes. They travel inside
 * the script that uses them, so that the page, its workers, the development server and the tests in Node load them in the same way.
 */
import { basename, dirname } from 'node:path';

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

export function assemblyScript() {
  const modules = new Map();
  return {
    name: 'convscope:assemblyscript',
    enforce: 'pre',
    async load(id) {
      if (!id.endsWith(query)) return null;
      const path = id.slice(0, -query.length);
      if (!modules.has(path)) modules.set(path, compile(path));
      const base64 = Buffer.from(await modules.get(path)).toString('base64');
      return `export default Uint8Array.from(atob('${base64}'), (byte) => byte.charCodeAt(0));`;
    },
  };
}
