// Loaded into the program before its own code: writes down which hosts it really asks, for `harness/watched-calls.ts`.
const { subscribe } = require('node:diagnostics_channel')
const { writeFileSync } = require('node:fs')
const net = require('node:net')
const { isMainThread } = require('node:worker_threads')

const file = process.env.WATCHED_CALLS
const isProgram = /[\\/](action|cli)\.js$/.test(process.argv[1] ?? '')

if (file !== undefined && isMainThread && isProgram) {
  const requests = {}
  const connections = {}
  const count = (into, name) => (into[name] = (into[name] ?? 0) + 1)
  subscribe('http.client.request.start', ({ request }) => {
    count(requests, request.getHeader('host'))
  })
  subscribe('undici:request:create', ({ request }) => {
    count(requests, new URL(request.origin).host)
  })
  const connect = net.Socket.prototype.connect
  net.Socket.prototype.connect = function (...args) {
    const [first] = args
    const options = Array.isArray(first) ? first[0] : first
    const { host, port, path } = typeof options === 'object' ? options : { port: options, host: args[1] }
    count(connections, path ?? `${host ?? 'localhost'}:${port}`)
    return connect.apply(this, args)
  }
  process.on('exit', () => writeFileSync(file, JSON.stringify({ requests, connections })))
}
