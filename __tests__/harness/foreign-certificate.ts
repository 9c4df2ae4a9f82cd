import { spawnSync } from 'node:child_process'
import type { Certificate } from './certificate.js'

/** A certificate that is its own authority and names another host than this machine; made by the openssl command. */
export function certificateFor(host: string): Certificate {
  const args =
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout - -out - -subj /CN=test -addext subjectAltName=DNS:${host}`.split(
      ' ',
    )
  const { error, status, stdout, stderr } = spawnSync('openssl', args, { encoding: 'utf8' })
  if (error) throw new Error(`the openssl command is needed here: ${error.message}`)
  const cert = /-----BEGIN CERTIFICATE-----[^]+?-----END CERTIFICATE-----\n/.exec(stdout)?.[0]
  const key = /-----BEGIN PRIVATE KEY-----[^]+?-----END PRIVATE KEY-----\n/.exec(stdout)?.[0]
  if (status !== 0 || cert === undefined || key === undefined) {
    throw new Error(`openssl made no certificate: ${stderr}`)
  }
  return { cert, key }
}
