import http from 'node:http'

/** Sends one request to a server on this machine; throws what it says where it refuses. */
export async function send(
  url: string,
  method: string,
  headers: http.OutgoingHttpHeaders,
  body = '',
): Promise<string> {
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body)
    const options = { method, headers: { ...headers, 'content-length': length } }
    const request = http.request(url, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const said = Buffer.concat(chunks).toString('utf8')
        const status = response.statusCode ?? 0
        if (status >= 200 && status < 300) resolve(said)
        else reject(new Error(`${method} ${url}: ${status} ${said}`))
      })
    })
    request.on('error', reject)
    request.end(body)
  })
}
