import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { newCertificate } from '../harness/certificate.js'
import { sealKey } from '../harness/cosign-key.js'
import { type Expected, expectEnding } from '../harness/endings.js'
import { expectNoSecret } from '../harness/leaks.js'
import { runAction, type RanAction, temporaryFolder } from '../harness/run.js'
import { newKey, signedImage, writeStore } from '../harness/store.js'
import { echo, sendJson } from '../harness/transit-server.js'
import { openWeb, type Web } from '../harness/web.js'

const token = 'glpat-0123456789abcdefghij'
const key = newKey()
const cwd = temporaryFolder()
writeStore(path.join(cwd, 'store'), signedImage(key, 'store'))

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** The bodies of GitLab's REST API: a variable, and what it says of what is not there. */
const variable = (value: string | null): object => ({
  variable_type: 'env_var',
  key: 'COSIGN_PUBLIC_KEY',
  value,
  hidden: value === null,
  protected: false,
  masked: false,
  raw: false,
  environment_scope: '*',
})
const projectMissing = { message: '404 Project Not Found' }
const groupMissing = { message: '404 Group Not Found' }
const variableMissing = { message: '404 Variable Not Found' }

const ofProject = '/api/v4/projects/team%2Fapp/variables/COSIGN_PUBLIC_KEY'
const ofGroup = '/api/v4/groups/team%2Fapp/variables/COSIGN_PUBLIC_KEY'

async function serve(...[answer, certificate]: Parameters<typeof openWeb>): Promise<Web> {
  const web = await openWeb(answer, certificate)
  stops.push(web.stop)
  return web
}

/** Answers by target; whoever comes without the token is nobody. */
async function start(answers: Readonly<Record<string, readonly [number, object]>>): Promise<Web> {
  return serve(({ target, headers }, response) => {
    const [status, body] =
      headers['private-token'] === token
        ? (answers[target] ?? [404, { error: '404 Not Found' }])
        : [401, { message: '401 Unauthorized' }]
    sendJson(response, status, body)
  })
}

async function verify(
  env: Readonly<Record<string, string>>,
  inputs: Readonly<Record<string, string>> = {},
): Promise<RanAction> {
  const given = { image: 'local://store/app:v1', key: 'gitlab://team/app', retries: '1', ...inputs }
  return runAction(given, { cwd, env })
}

const environment = ({ url }: Web): Record<string, string> => ({ GITLAB_HOST: url, GITLAB_TOKEN: token })
const asked = ({ requests }: Web): readonly string[] => requests.map(({ target }) => target)

describe('a key in a variable of GitLab', () => {
  it('of a project verifies what it signed, by one question', async () => {
    const web = await start({ [ofProject]: [200, variable(key.publicPem)] })
    const ran = await verify(environment(web))
    expectEnding(ran, 'verified')
    expect(asked(web)).toEqual([ofProject])
    expect(ran.document).toMatchObject({ keyRef: 'gitlab://team/app', keyID: key.id })
    expect(ran.document?.calls).toEqual([{ host: new URL(web.url).host, count: 1 }])
    expectNoSecret(ran, { token })
  })

  it('of a group does, where there is no such project', async () => {
    const web = await start({
      [ofProject]: [404, projectMissing],
      [ofGroup]: [200, variable(key.publicPem)],
    })
    expectEnding(await verify(environment(web)), 'verified')
    expect(asked(web)).toEqual([ofProject, ofGroup])
  })

  it('may be named by the number of the project', async () => {
    const target = '/api/v4/projects/278964/variables/COSIGN_PUBLIC_KEY'
    const web = await start({ [target]: [200, variable(key.publicPem)] })
    expectEnding(await verify(environment(web), { key: 'gitlab://278964' }), 'verified')
    expect(asked(web)).toEqual([target])
  })

  it('that did not sign is no signer of the image', async () => {
    const web = await start({ [ofProject]: [200, variable(newKey().publicPem)] })
    expectEnding(await verify(environment(web)), 'unsigned')
  })

  it('may lie on a server under a path, named as a host or as its API', async () => {
    const web = await serve((_request, response) => sendJson(response, 200, variable(key.publicPem)))
    for (const address of [`${web.url}/code/`, `${web.url}/code/api/v4`, `${web.url}/code/api/v4/`]) {
      expectEnding(await verify({ GITLAB_HOST: address, GITLAB_TOKEN: token }), 'verified')
    }
    expect(new Set(asked(web))).toEqual(new Set([`/code${ofProject}`]))
  })

  it('lies at a host of which only the name is given: https is meant', async () => {
    const certificate = newCertificate()
    const web = await serve(
      (_request, response) => sendJson(response, 200, variable(key.publicPem)),
      certificate,
    )
    writeFileSync(path.join(cwd, 'ca.pem'), certificate.cert)
    const env = { GITLAB_HOST: new URL(web.url).host, GITLAB_TOKEN: token }
    expectEnding(await verify({ ...env, SSL_CERT_FILE: 'ca.pem' }), 'verified')
    expectEnding(await verify(env), 'tls-failed key')
    expect(web.requests).toHaveLength(1)
  })

  it('lies on another host, which offline does not ask', async () => {
    const web = await start({})
    expectEnding(await verify(environment(web), { offline: 'true' }), 'input-invalid')
    expect(web.requests).toEqual([])
  })
})

describe('a variable that cannot be had', () => {
  it('because the project has none is no key: a group of the same name is somebody else', async () => {
    const web = await start({
      [ofProject]: [404, variableMissing],
      [ofGroup]: [200, variable(key.publicPem)],
    })
    expectEnding(await verify(environment(web)), 'key-invalid')
    expect(asked(web)).toEqual([ofProject])
  })

  it.for([
    ['neither project nor group is there', [404, projectMissing], [404, groupMissing]],
    ['the group has none', [404, projectMissing], [404, variableMissing]],
    [
      'there are several for different environments',
      [409, { message: 'There are multiple variables' }],
      [500, {}],
    ],
    ['it is hidden', [200, variable(null)], [500, {}]],
    ['it is empty', [200, variable('')], [500, {}]],
    ['it holds no PEM', [200, variable('$COSIGN_PUBLIC_KEY')], [500, {}]],
    ['it holds a private key', [200, variable(sealKey(key, 'a password'))], [500, {}]],
  ] as const)('because %s is no key', async ([, project, group]) => {
    const web = await start({ [ofProject]: project, [ofGroup]: group })
    const ran = await verify(environment(web))
    expectEnding(ran, 'key-invalid')
    expect(ran.outputs['message']).toContain('gitlab://team/app')
    expect(ran.outputs['message']).toContain('COSIGN_PUBLIC_KEY')
  })

  it.for([
    [400, 'response-invalid key', 1],
    [401, 'denied key', 1],
    [403, 'denied key', 1],
    [429, 'rate-limited key', 2],
    [500, 'server-error key', 2],
    [502, 'server-error key', 2],
  ] as const satisfies readonly (readonly [number, Expected, number])[])(
    'because GitLab answers %i is no verdict, and no token is shown that it sends back',
    async ([status, expected, times]) => {
      const web = await serve((request, response) => sendJson(response, status, { message: echo(request) }))
      const ran = await verify(environment(web))
      expectEnding(ran, expected)
      expect(web.requests).toHaveLength(times)
      expectNoSecret(ran, { token })
    },
  )

  it('because the group may not be read is no verdict either', async () => {
    const web = await start({
      [ofProject]: [404, projectMissing],
      [ofGroup]: [403, { message: '403 Forbidden' }],
    })
    const ran = await verify(environment(web))
    expectEnding(ran, 'denied key')
    expect(ran.outputs['message']).toContain('read_api')
  })

  it.for([
    [200, '<html>sign in</html>'],
    [404, '<html>not found</html>'],
    [200, ''],
  ] as const)('because something answers %i %s is no verdict', async ([status, body]) => {
    const web = await serve((_request, response) => {
      response.statusCode = status
      response.end(body)
    })
    expectEnding(await verify(environment(web)), 'response-invalid key')
    expect(asked(web)).toEqual([ofProject])
  })

  it('because GitLab redirects: the token goes nowhere', async () => {
    const elsewhere = await start({ [ofProject]: [200, variable(key.publicPem)] })
    const web = await serve((_request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}${ofProject}?t=${token}` })
      response.end()
    })
    const ran = await verify(environment(web))
    expectEnding(ran, 'response-invalid key')
    expect(elsewhere.requests).toEqual([])
    expectNoSecret(ran, { token })
  })

  it('because GitLab is down or hangs is no verdict', async () => {
    const hanging = await serve(() => undefined)
    const [down, hung] = await Promise.all([
      verify({ GITLAB_HOST: 'http://127.0.0.1:9', GITLAB_TOKEN: token }),
      verify(environment(hanging), { timeout: '2s' }),
    ])
    expectEnding(down, 'unreachable key')
    expectEnding(hung, 'timeout key')
  })

  it.for([
    ['no token', { GITLAB_TOKEN: '' }, 'denied key'],
    ['a token of two lines', { GITLAB_TOKEN: 'one-token-line\nx: y' }, 'input-invalid'],
    ['a host without https', { GITLAB_HOST: 'http://gitlab.example' }, 'input-invalid'],
    ['a host that is none', { GITLAB_HOST: 'git lab' }, 'input-invalid'],
    ['a host with a login', { GITLAB_HOST: 'https://me:pass-word-1@gitlab.example' }, 'input-invalid'],
  ] as const satisfies readonly (readonly [string, Record<string, string>, Expected])[])(
    'because the step has %s: nobody is asked',
    async ([, changes, expected]) => {
      const web = await start({})
      const ran = await verify({ ...environment(web), ...changes })
      expectEnding(ran, expected)
      expect(web.requests).toEqual([])
      expectNoSecret(ran, { password: 'pass-word-1', line: 'one-token-line' })
    },
  )
})
