import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { redact, secretsOf } from '../../src/report/redaction.js'

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCY=='
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What is left of a text in a run with this environment and these keys. */
function clean(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  references: readonly string[] = [],
): string {
  return redact(text, secretsOf(environment, references))
}

describe('the values of variables', () => {
  it.each([
    'COSIGN_PASSWORD',
    'INPUT_REGISTRY-PASSWORD',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_CONTAINER_AUTHORIZATION_TOKEN',
    'GITHUB_TOKEN',
    'GITLAB_TOKEN',
    'VAULT_TOKEN',
    'BAO_TOKEN',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  ])('%s is shown nowhere, as it is or as a URL holds it', (name) => {
    const environment = { [name]: secret }
    expect(clean(`got ${secret}, twice ${secret}`, environment)).toBe('got ***, twice ***')
    expect(clean(`?t=${encodeURIComponent(secret)}&a=b`, environment)).toBe('?t=***&a=b')
  })

  it('other variables are no secrets', () => {
    expect(clean('us-east-1 /home/me', { AWS_REGION: 'us-east-1', HOME: '/home/me' })).toBe(
      'us-east-1 /home/me',
    )
  })

  it('short, empty and absent ones blank out nothing', () => {
    expect(secretsOf({ COSIGN_PASSWORD: 'abc', GITHUB_TOKEN: '', AWS_SESSION_TOKEN: undefined })).toEqual([])
    expect(clean('abcabc', { COSIGN_PASSWORD: 'abc' })).toBe('abcabc')
    expect(clean('abcdabcd', { COSIGN_PASSWORD: 'abcd' })).toBe('******')
  })

  it('one that holds another is taken out whole', () => {
    const environment = { COSIGN_PASSWORD: 'hunter2', GITHUB_TOKEN: 'hunter2-and-more' }
    expect(clean('hunter2-and-more, hunter2', environment)).toBe('***, ***')
  })

  it('are text, whatever they would mean to a pattern or a URL', () => {
    for (const odd of ['a.*b$&', '$1$2$$', '100%secret', 'half\ud800pair', '(((((']) {
      expect(clean(`<${odd}>`, { COSIGN_PASSWORD: odd }), odd).toBe('<***>')
    }
    expect(clean('axxb', { COSIGN_PASSWORD: 'a.*b' })).toBe('axxb')
  })
})

describe('the password of a registry', () => {
  it('is shown nowhere, nor is the header that carries it; the name of the user may be', () => {
    const login = { username: 'robot', password: secret }
    const secrets = secretsOf({}, [], login)
    const header = base64(`robot:${secret}`)
    expect(redact(`robot ${secret} Basic ${header} ${encodeURIComponent(header)}`, secrets)).toBe(
      'robot *** Basic *** ***',
    )
  })
})

describe('the passwords of proxies', () => {
  it.each(['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'])(
    'of %s are shown nowhere, also decoded and as a header',
    (name) => {
      const environment = { [name]: 'http://someone:p%40ss%2Fword@proxy.example:3128' }
      expect(clean('p%40ss%2Fword p@ss/word', environment)).toBe('*** ***')
      expect(clean(`Basic ${base64('someone:p@ss/word')}`, environment)).toBe('Basic ***')
      expect(clean('proxy.example:3128', environment)).toBe('proxy.example:3128')
    },
  )

  it('are found in a proxy that is named without a scheme, as curl and Go take it', () => {
    expect(clean('asked someone:hunter2@proxy', { HTTPS_PROXY: 'someone:hunter2@proxy.example:3128' })).toBe(
      'asked ***:***@proxy',
    )
  })

  it('are looked for in no other variable, and in no text that is no URL', () => {
    expect(secretsOf({ MY_HTTP_PROXY: 'http://a:hunter2@h', NO_PROXY: 'http://a:hunter2@h' })).toEqual([])
    expect(secretsOf({ HTTP_PROXY: 'http://[', HTTPS_PROXY: '', ALL_PROXY: undefined })).toEqual([])
    expect(secretsOf({ HTTP_PROXY: 'http://proxy.example:3128' })).toEqual([])
  })
})

describe('what URLs of keys carry', () => {
  it('is not shown: the user, the password, and the header made of them', () => {
    const reference = 'https://reader:hunter%3D2@keys.example/a.pub'
    expect(clean(`${reference} hunter=2 ${base64('reader:hunter=2')}`, {}, [reference])).toBe(
      'https://***:***@keys.example/a.pub *** ***',
    )
  })

  it('is not shown: a token in place of a user', () => {
    const reference = 'https://ghp_token@keys.example/a.pub'
    expect(clean(`${reference} ${base64('ghp_token:')}`, {}, [reference])).toBe(
      'https://***@keys.example/a.pub ***',
    )
  })

  it('is not shown: the query as a whole, and its values wherever they come back', () => {
    const reference = 'https://keys.example/a.pub?sig=ab%2Fcd%2Bef%3D%3D&x=1'
    const back = 'sent ab/cd+ef== as ab%2Fcd%2Bef%3D%3D'
    expect(clean(reference, {}, [reference])).toBe('https://keys.example/a.pub?***')
    expect(clean(back, {}, [reference])).toBe('sent *** as ***')
  })

  it('is not shown: values that are written otherwise than this program would write them', () => {
    const reference = 'https://keys.example/a.pub?sig=ab%2fcd~ef(gh)+ij'
    expect(clean('sent ab%2fcd~ef(gh)+ij', {}, [reference])).toBe('sent ***')
    expect(clean('sent ab/cd~ef(gh) ij', {}, [reference])).toBe('sent ***')
  })

  it('stays when it is a short word of the query', () => {
    const reference = 'https://keys.example/a.pub?ref=main&raw=true'
    expect(clean('the main branch is true', {}, [reference])).toBe('the main branch is true')
    expect(clean(reference, {}, [reference])).toBe('https://keys.example/a.pub?***')
  })

  it('stays where there is no secret: files, AWS, URLs without login and query', () => {
    const references = [
      'keys/alice.pub',
      'awskms:///alias/release',
      'https://keys.example/a.pub',
      'https://[',
    ]
    expect(secretsOf({}, references)).toEqual([])
  })

  it('survives a login that is no percent-encoded text', () => {
    expect(clean('100%zz', {}, ['https://a:100%zz@keys.example/k'])).toBe('***')
  })
})

describe('private keys', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const lines = pem.split('\n').filter((one) => one.length > 15 && !one.startsWith('-'))

  it.each([
    ['in a variable that a reference names', { SIGNER: pem }, ['env://SIGNER']],
    ['given inline', {}, [pem]],
  ])('%s come back neither whole nor by line nor joined', (_, environment, references) => {
    expect(lines.length).toBeGreaterThan(1)
    const back = `${pem} ${lines.join('')} ${lines[0]!} ${encodeURIComponent(lines[1]!)}`
    const left = clean(back, environment, references)
    for (const one of lines) expect(left).not.toContain(one.slice(4))
    expect(left.replaceAll('***', '').trim()).toBe('')
  })

  it('are no secret in a variable that nobody names', () => {
    expect(secretsOf({ SIGNER: pem }, ['env://OTHER'])).toEqual([])
  })

  it('public keys stay, in a variable and inline', () => {
    const open = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    expect(secretsOf({ SIGNER: open }, ['env://SIGNER', open])).toEqual([])
  })
})

describe('a report', () => {
  const secrets = secretsOf({ COSIGN_PASSWORD: 'hunter2' })

  it('is cleaned to its last leaf, and keeps its shape', () => {
    const report = {
      a: 'hunter2',
      list: ['x hunter2', ['hunter2']],
      nested: { n: 1, no: null, yes: true, none: undefined, text: 'hunter22' },
    }
    const before = structuredClone(report)
    expect(redact(report, secrets)).toEqual({
      a: '***',
      list: ['x ***', ['***']],
      nested: { n: 1, no: null, yes: true, none: undefined, text: '***2' },
    })
    expect(report).toEqual(before)
  })

  it('keeps bytes as they are: they are a manifest, and hashed', () => {
    const manifest = Buffer.from('{"a":"hunter2"}')
    const { inner } = redact({ inner: { manifest } }, secrets)
    expect(inner.manifest).toBe(manifest)
    expect(inner.manifest.toString()).toBe('{"a":"hunter2"}')
  })

  it('is left alone where there is no secret', () => {
    const report = { a: 'hunter2' }
    expect(redact(report, [])).toBe(report)
  })
})
