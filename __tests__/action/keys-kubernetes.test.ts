import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { isAlive } from '../harness/docker-config.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { fails, type Kubectl, newKubectl, prints, secretText } from '../harness/kubectl.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'

/** Beside a stand-in of kubectl (harness/kubectl.ts says why): no real cluster was asked here. */
const key = newKey()
const other = newKey()
const cwd = temporaryFolder()
writeStore(path.join(cwd, 'store'), signedImage(key, 'store'))

async function verify(
  kubectl: Kubectl,
  inputs: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const given = { image: 'local://store/app:v1', key: 'k8s://signing/release', retries: '0', ...inputs }
  return runAction(given, { cwd, env: { ...kubectl.env, ...env } })
}

const secret = (pem: string): string =>
  secretText({
    'cosign.pub': pem,
    'cosign.key': 'a private key, sealed',
    'cosign.password': 'p4ss-of-the-key',
  })
const asked = [['get', 'secret', '-n', 'signing', 'release', '-o', 'json']]

describe('a key in a secret of a cluster', () => {
  it('that signed verifies, by one question to kubectl', async () => {
    const kubectl = newKubectl(prints(secret(key.publicPem)))
    const ran = await verify(kubectl)
    expectEnding(ran, 'verified')
    expect(kubectl.starts()).toEqual(asked)
    expect(ran.document).toMatchObject({ keyRef: 'k8s://signing/release', keyID: key.id })
    expect(ran.document?.calls).toEqual([{ host: 'kubectl', count: 1 }])
    expectNoSecret(ran, { password: 'p4ss-of-the-key', private: 'a private key, sealed' })
  })

  it('that did not sign is no signer of the image', async () => {
    expectEnding(await verify(newKubectl(prints(secret(other.publicPem)))), 'unsigned')
  })

  it('is asked for with the environment of the step, such as KUBECONFIG', async () => {
    const kubectl = newKubectl(`[ "$KUBECONFIG" = /some/config ] || exit 1\n${prints(secret(key.publicPem))}`)
    expectEnding(await verify(kubectl, {}, { KUBECONFIG: '/some/config' }), 'verified')
  })

  it('lies on another host, which offline does not ask', async () => {
    const kubectl = newKubectl(prints(secret(key.publicPem)))
    expectEnding(await verify(kubectl, { offline: 'true' }), 'input-invalid')
    expect(kubectl.starts()).toEqual([])
  })

  it.for([
    ['without the entry', secretText({ 'cosign.key': 'x' })],
    ['without any entry', secretText({}, { data: undefined })],
    ['with an entry that is no PEM', secretText({ 'cosign.pub': 'no key' })],
    ['with an entry that is no base64', secretText({}, { data: { 'cosign.pub': '!!!' } })],
    [
      'with an entry that is a certificate',
      secret('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'),
    ],
  ] as const)('is none in a secret %s', async ([, text]) => {
    const ran = await verify(newKubectl(prints(text)))
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain('k8s://signing/release')
  })

  it.for([
    ['another kind of object', secretText({ 'cosign.pub': key.publicPem }, { kind: 'ConfigMap' })],
    ['a table', 'NAME  TYPE\nrelease  Opaque'],
    ['nothing', ''],
  ] as const)('is none where kubectl says %s', async ([, text]) => {
    expectEnding(await verify(newKubectl(prints(text))), 'response-invalid key')
  })

  it.for(['k8s://signing', 'k8s://--all-namespaces/release', 'k8s://signing/-o', 'k8s://a/b/c'])(
    'has a name that Kubernetes allows, or nothing is started: %s',
    async (reference) => {
      const kubectl = newKubectl(prints(secret(key.publicPem)))
      expectEnding(await verify(kubectl, { key: reference }), 'key-invalid')
      expect(kubectl.starts()).toEqual([])
    },
  )
})

describe('a cluster that does not give the secret', () => {
  const user = 'User "system:serviceaccount:ci:runner" cannot get resource "secrets" in API group ""'
  it.for([
    ['key-invalid', 'Error from server (NotFound): secrets "release" not found'],
    ['key-invalid', 'Error from server (NotFound): namespaces "signing" not found'],
    ['denied key', `Error from server (Forbidden): secrets "release" is forbidden: ${user}`],
    ['denied key', 'error: You must be logged in to the server (Unauthorized)'],
    [
      'denied key',
      'error: You must be logged in to the server (the server has asked for the client to provide credentials)',
    ],
    [
      'denied key',
      'Unable to connect to the server: getting credentials: exec: executable aws failed with exit code 255',
    ],
    [
      'unreachable key',
      'Unable to connect to the server: dial tcp 10.0.0.1:6443: connect: connection refused',
    ],
    [
      'unreachable key',
      'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
    ],
    ['unreachable key', 'Unable to connect to the server: dial tcp: lookup k8s.example: no such host'],
    ['timeout key', 'Unable to connect to the server: dial tcp 10.0.0.1:6443: i/o timeout'],
    ['timeout key', 'Unable to connect to the server: net/http: TLS handshake timeout'],
    ['timeout key', 'Error from server (Timeout): the server was unable to return a response in the time'],
    ['tls-failed key', 'Unable to connect to the server: x509: certificate signed by unknown authority'],
    ['rate-limited key', 'Error from server (TooManyRequests): the server is currently unable'],
    [
      'server-error key',
      'Error from server (InternalError): an error on the server has prevented the request',
    ],
    [
      'server-error key',
      'Error from server (ServiceUnavailable): the server is currently unable to handle it',
    ],
    [
      'response-invalid key',
      'Error from server (NotFound): the server could not find the requested resource',
    ],
    ['input-invalid', 'error: current-context is not set'],
    ['input-invalid', 'error: context "prod" does not exist'],
    ['input-invalid', 'error: error loading config file "/home/ci/.kube/config": yaml: line 2'],
    ['server-error key', 'something that nobody knows'],
  ] as const satisfies readonly (readonly [Expected, string])[])('%s: %s', async ([expected, said]) => {
    // Whatever a credential plugin writes beside it is shown to nobody.
    const kubectl = newKubectl(fails(`plugin says token=abcdefgh12345678\n${said}`))
    const ran = await verify(kubectl)
    expectEnding(ran, expected)
    expect(kubectl.starts()).toEqual(asked)
    expectNoSecret(ran, { token: 'abcdefgh12345678' })
  })

  it('is asked again where that can help, and each time is counted', async () => {
    const kubectl = newKubectl(fails('Error from server (InternalError): an error on the server'))
    const ran = await verify(kubectl, { retries: '1' })
    expectEnding(ran, 'server-error key')
    expect(kubectl.starts()).toEqual([...asked, ...asked])
    expect(ran.document?.calls).toEqual([{ host: 'kubectl', count: 2 }])
    const denied = newKubectl(fails('Error from server (Forbidden): no'))
    await verify(denied, { retries: '1' })
    expect(denied.starts()).toEqual(asked)
  })

  it('is not believed when it says NotFound and a key at the same time', async () => {
    const both = `${prints(secret(key.publicPem))}\n${fails('Error from server (NotFound): secrets "release" not found')}`
    expectEnding(await verify(newKubectl(both)), 'key-invalid')
  })
})

describe('kubectl itself', () => {
  it('is not there: the set-up is at fault, and the remedy is named', async () => {
    const ran = await verify({ env: { PATH: temporaryFolder() }, starts: () => [], pid: () => 0 })
    expectEnding(ran, 'input-invalid')
    expect(ran.outputs['message']).toContain('kubectl is not on the path; install it')
  })

  it('hangs: it is stopped with the time for the image', async () => {
    const kubectl = newKubectl('exec sleep 600')
    expectEnding(await verify(kubectl, { timeout: '2s' }), 'timeout key')
    expect(isAlive(kubectl.pid())).toBe(false)
  })

  it('waits for no input', async () => {
    const kubectl = newKubectl(`cat > /dev/null\n${prints(secret(key.publicPem))}`)
    expectEnding(await verify(kubectl), 'verified')
  })

  it('says more than any secret holds: it is not read to the end', async () => {
    const kubectl = newKubectl('exec head -c 5000000 /dev/zero')
    expectEnding(await verify(kubectl), 'limit-exceeded key')
  })

  it('dies: nothing is known', async () => {
    expectEnding(await verify(newKubectl('kill -9 $$')), 'server-error key')
  })
})
