declare module 'snappyjs' {
  interface Snappy {
    /** Of one block of Snappy's; throws beyond the limit, before it allocates. */
    readonly uncompress: (compressed: Buffer, limit: number) => Buffer
  }
  const snappy: Snappy
  export default snappy
}
