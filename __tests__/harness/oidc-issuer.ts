import { generateKeyPairSync, sign } from 'node:crypto'
import { openWeb, type Web } from './web.js'

/** Who vouches for the identities: several issuers on one server, each under a path of its own. */
export interface OidcIssuers extends Pick<Web, 'stop'> {
  /** The URL of the issuer with this name. */
  readonly url: (name: string) => string
  /** An identity token of an issuer, for Fulcio, good for five minutes. */
  readonly token: (name: string, claims: Readonly<Record<string, unknown>>) => string
}

/** Of whom tokens are for; Fulcio is told to expect it. */
export const audience = 'sigstore'

const lifetime = 300
/** The only one that cosign reads. */
const algorithm = 'RS256'

/** OpenID Connect as far as a token is verified: discovery and the key set (OpenID Connect Discovery 1.0, 4). */
export async function openOidcIssuers(): Promise<OidcIssuers> {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'one', alg: algorithm, use: 'sig' }
  const web = await openWeb(({ target, headers }, response) => {
    const [, name = '', rest = ''] = /^\/(\w+)\/(.+)$/.exec(target) ?? []
    const issuer = `http://${String(headers.host)}/${name}`
    const answers: Readonly<Record<string, object>> = {
      '.well-known/openid-configuration': {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        response_types_supported: ['id_token'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: [algorithm],
      },
      keys: { keys: [key] },
    }
    const answer = answers[rest]
    response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answer ?? {}))
  })
  const url = (name: string): string => `${web.url}/${name}`
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
  return {
    url,
    token: (name, claims) => {
      const now = Math.floor(Date.now() / 1000)
      const times = { iat: now, nbf: now, exp: now + lifetime }
      const signed = `${encode({ alg: algorithm, kid: key.kid, typ: 'JWT' })}.${encode({ iss: url(name), aud: audience, ...times, ...claims })}`
      const signature = sign('sha256', Buffer.from(signed), privateKey)
      return `${signed}.${signature.toString('base64url')}`
    },
    stop: web.stop,
  }
}

/** A workflow run on GitHub. */
export interface Workflow {
  readonly repository: string
  readonly file: string
  readonly ref: string
  readonly name: string
  readonly event: string
  readonly sha: string
}

/** The identity that Fulcio gives a workflow. */
export function workflowIdentity({ repository, file, ref }: Workflow): string {
  return `https://github.com/${repository}/.github/workflows/${file}@${ref}`
}

/** The claims of GitHub's tokens that Fulcio asks for (fulcio, pkg/identity/github). */
export function workflowClaims(workflow: Workflow): Readonly<Record<string, string>> {
  const { repository, ref, name, event, sha } = workflow
  const workflowRef = workflowIdentity(workflow).replace('https://github.com/', '')
  return {
    sub: `repo:${repository}:ref:${ref}`,
    job_workflow_ref: workflowRef,
    job_workflow_sha: sha,
    workflow_ref: workflowRef,
    workflow_sha: sha,
    sha,
    event_name: event,
    workflow: name,
    ref,
    repository,
    repository_id: '1',
    repository_owner: repository.split('/')[0] ?? '',
    repository_owner_id: '2',
    repository_visibility: 'private',
    runner_environment: 'github-hosted',
    run_id: '3',
    run_attempt: '1',
  }
}
