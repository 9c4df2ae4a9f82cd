import net from 'node:net'

/** Stands before a TLS server and says to those who speak plain http what Go's servers say. */
export async function openTlsFront(tlsPort: number): Promise<{ port: number; stop: () => Promise<void> }> {
  const sockets = new Set<net.Socket>()
  const server = net.createServer((client) => {
    sockets.add(client)
    client.on('error', () => client.destroy())
    client.once('data', (first) => {
      // A TLS handshake starts with this byte, and no method of http does.
      if (first[0] !== 0x16) {
        const said = 'Client sent an HTTP request to an HTTPS server.\n'
        client.end(`HTTP/1.0 400 Bad Request\r\n\r\n${said}`)
        return
      }
      const target = net.connect(tlsPort, '127.0.0.1')
      sockets.add(target)
      target.on('error', () => client.destroy())
      target.write(first)
      client.pipe(target).pipe(client)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as net.AddressInfo).port,
    stop: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
