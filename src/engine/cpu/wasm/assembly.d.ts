/** What `scripts/assemblyScript.mjs` makes of an import of AssemblyScript: the bytes of a WebAssembly module. */
declare module '*?wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
