declare module '@sigstore/tuf/seeds.json' {
  const seeds: Readonly<
    Record<string, { readonly 'root.json': string; readonly targets: Readonly<Record<string, string>> }>
  >
  export default seeds
}
