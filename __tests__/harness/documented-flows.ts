import type { Flow, Who } from './documented-registry.js'
import { type Answer, ociError } from './registry-answers.js'

/** What the seven kinds of registry are documented to answer; where to read it stands with each. */

const denied = (message: string, status = 403): Answer => ociError(status, 'DENIED', {}, message)
const unauthorized = (challenge: Record<string, string> = {}, message = 'authentication required'): Answer =>
  ociError(401, 'UNAUTHORIZED', challenge, message)
const scopeless = (challenge: { readonly 'www-authenticate': string }): Answer =>
  unauthorized({ 'www-authenticate': `${challenge['www-authenticate']},error="insufficient_scope"` })
const unlessReader = (who: Who, answer: Answer): Answer | undefined => (who === 'reader' ? undefined : answer)
const noSuchPage: Answer = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('404 page not found\n'),
}
const logins = (username: string, prefix: string): Flow['logins'] => ({
  reader: { username, password: `${prefix}of-a-reader/+=` },
  expired: { username, password: `${prefix}of-a-reader-until-now` },
  stranger: { username, password: `${prefix}of-somebody-else` },
})

/** Amazon ECR, "Private registry authentication"; aws/containers-roadmap#2835, flipt-io/flipt#3043 for refusals. */
export const ecr: Flow = {
  name: 'ECR',
  registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
  repository: 'team/app',
  storage: 'prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com',
  logins: logins('AWS', 'eyJwYXlsb2FkIjoi-token-'),
  refuses: (who, challenge) => {
    if (who === 'nobody') return { status: 401, headers: challenge, body: Buffer.from('Not Authorized\n') }
    if (who === 'expired')
      return denied('Your authorization token has expired. Reauthenticate and try again.')
    if (who === 'stranger')
      return denied('User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecr:BatchGetImage')
    return denied('Your Authorization Token is invalid.', 400)
  },
  missing: ({ repository, kind }) =>
    repository === 'team/app' || kind === 'referrers'
      ? undefined
      : ociError(
          404,
          'NAME_UNKNOWN',
          {},
          `The repository with name '${repository}' does not exist in the registry`,
        ),
}

/** Google Artifact Registry, "Configure authentication to Artifact Registry for Docker"; argoproj/argo-cd#26260. */
export const gar: Flow = {
  name: 'GAR',
  registry: 'europe-docker.pkg.dev',
  repository: 'project/images/app',
  logins: logins('oauth2accesstoken', 'ya29.token-'),
  tokens: {
    host: 'europe-docker.pkg.dev',
    path: '/v2/token',
    service: 'europe-docker.pkg.dev',
    refuses: (who) => {
      const right = '"artifactregistry.repositories.downloadArtifacts"'
      if (who === 'nobody')
        return denied(`Unauthenticated requests do not have permission ${right} (or it may not exist)`)
      if (who === 'stranger') return denied(`Permission ${right} denied on resource (or it may not exist)`)
      return unlessReader(who, unauthorized({}, 'authentication failed'))
    },
  },
  refuses: (_who, challenge) => unauthorized(challenge),
  missing: ({ kind }) => (kind === 'referrers' ? noSuchPage : undefined),
}

/** Azure Container Registry, "Azure Container Registry integration with Azure Active Directory" (azure.github.io/acr). */
export const acr: Flow = {
  name: 'ACR',
  registry: 'contoso.azurecr.io',
  repository: 'team/app',
  storage: 'eusmanaged1.blob.core.windows.net',
  logins: logins('00000000-0000-0000-0000-000000000000', 'refresh-token-'),
  identityToken: 'refresh-token-of-a-reader/+=',
  tokens: {
    host: 'contoso.azurecr.io',
    path: '/oauth2/token',
    service: 'contoso.azurecr.io',
    refuses: (who) => (who === 'stranger' ? undefined : unlessReader(who, unauthorized())),
  },
  refuses: (who, challenge) => (who === 'stranger' ? scopeless(challenge) : unauthorized(challenge)),
}

/** GitHub Packages, "Working with the Container registry"; renovatebot/renovate#11446, openai/tunnel-client#75. */
export const ghcr: Flow = {
  name: 'GHCR',
  registry: 'ghcr.io',
  repository: 'owner/app',
  storage: 'pkg-containers.githubusercontent.com',
  logins: logins('github-actions', 'ghs_token-'),
  tokens: {
    host: 'ghcr.io',
    path: '/token',
    service: 'ghcr.io',
    refuses: (who) => {
      if (who === 'nobody') return unauthorized()
      return unlessReader(
        who,
        denied(who === 'stranger' ? 'requested access to the resource is denied' : 'denied'),
      )
    },
  },
  refuses: (who, challenge) => (who === 'nobody' ? unauthorized(challenge) : denied('denied')),
  referrers: {
    status: 303,
    headers: { location: 'https://github.com/-/v2/packages/container/package/owner%2Fapp' },
    body: Buffer.alloc(0),
  },
  pages: ['github.com'],
}

/** Docker Hub, "Usage and limits" and "Registry authentication" (docs.docker.com). */
export const dockerHub: Flow = {
  name: 'Docker Hub',
  registry: 'docker.io',
  api: 'registry-1.docker.io',
  repository: 'library/app',
  storage: 'production.cloudflare.docker.com',
  logins: logins('owner', 'dckr_pat_token-'),
  tokens: {
    host: 'auth.docker.io',
    path: '/token',
    service: 'registry.docker.io',
    // Everybody gets a token, which may be good for nothing.
    refuses: (who) =>
      who === 'unknown' || who === 'expired'
        ? {
            status: 401,
            headers: { 'content-type': 'application/json' },
            body: Buffer.from('{"details":"incorrect username or password"}'),
          }
        : undefined,
  },
  refuses: (_who, challenge) => scopeless(challenge),
}

/** Red Hat Quay, "Use Red Hat Quay", robot accounts; it names no scope (OctopusDeploy/Issues#5076). */
export const quay: Flow = {
  name: 'Quay',
  registry: 'quay.io',
  repository: 'organization/app',
  storage: 'cdn01.quay.io',
  logins: logins('organization+robot', 'ROBOT-TOKEN-'),
  tokens: {
    host: 'quay.io',
    path: '/v2/auth',
    service: 'quay.io',
    unscoped: true,
    refuses: (who) =>
      who === 'unknown' || who === 'expired'
        ? unauthorized({}, 'Could not find robot with specified username')
        : undefined,
  },
  refuses: (_who, challenge) => unauthorized(challenge, 'access to the requested resource is not authorized'),
  // Whether it is not there or not for them, nobody is told.
  missing: ({ repository }, challenge) =>
    repository === 'organization/app'
      ? undefined
      : unauthorized(challenge, 'access to the requested resource is not authorized'),
}

/** Harbor, "Configure Proxy Cache": the upstream's repository stands behind the name of a project. */
export const harbor: Flow = {
  name: 'a proxy cache of Harbor',
  registry: 'harbor.example',
  repository: 'dockerhub/library/app',
  logins: logins('robot$ci', 'harbor-secret-'),
  tokens: {
    host: 'harbor.example',
    path: '/service/token',
    service: 'harbor-registry',
    // Who is not known is refused; what a token is good for, the registry says.
    refuses: (who) => (who === 'unknown' || who === 'expired' ? unauthorized() : undefined),
  },
  refuses: (who, challenge) =>
    who === 'nobody' ? unauthorized(challenge, 'unauthorized to access repository') : scopeless(challenge),
  missing: ({ repository, reference }) =>
    ociError(404, 'NOT_FOUND', {}, `repo ${repository}, tag ${reference} not found`),
}

export const flows: readonly Flow[] = [ecr, gar, acr, ghcr, dockerHub, quay, harbor]
