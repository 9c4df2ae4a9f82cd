/** Takes the bytes of a body as they come, in their order. */
export type Sink = (bytes: Uint8Array) => void

/** Opens a sink: each attempt to read a body starts with a new one. */
export type OpenSink = () => Sink
