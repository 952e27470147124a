/** The package's entry for Node is broken (CommonJS under "type": "module"); its ES module is fine and has the same types. */
declare module 'wgsl_reflect/wgsl_reflect.module.js' {
  export * from 'wgsl_reflect';
}
