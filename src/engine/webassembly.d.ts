/** As much of WebAssembly's JavaScript interface as is used here; the types of Node leave it to those of browsers. */
declare namespace WebAssembly {
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  type Module = Readonly<Record<symbol, never>>
  type Imports = Readonly<Record<string, Readonly<Record<string, (...numbers: never[]) => number>>>>
  const Module: { imports(module: Module): readonly { readonly module: string; readonly name: string }[] }
  function compile(bytes: Uint8Array): Promise<Module>
  function instantiate(
    module: Module,
    imports: Imports,
  ): Promise<{ readonly exports: Readonly<Record<string, unknown>> }>
}
