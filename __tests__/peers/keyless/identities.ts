import { describe, expect, it } from 'vitest'
import { type Kind, kinds, signImage } from '../../harness/keyless-signed.js'
import { type Inputs, judge, type Peer } from '../../harness/keyless-verdict.js'
import { issuers, type KeylessWorld } from '../../harness/keyless-world.js'
import { type Workflow, workflowClaims, workflowIdentity } from '../../harness/oidc-issuer.js'
import { release, releaseIdentity, releaseSigner, slug, type Stage } from './stage.js'

/** cosign's words in a bundle and in the older format. */
const otherSubject = /expected SAN value|none of the expected identities/
const otherIssuer = /expected issuer value|none of the expected identities/
const otherClaim = /expected GitHub\S* ?[Ww]orkflow|expected \S+ to be/

type Neighbour = readonly [what: string, change: (world: KeylessWorld) => Inputs, peer: Peer]

const exactly =
  (identity: string): Neighbour[1] =>
  (world) => ({
    ...releaseSigner(world),
    'certificate-identity': identity,
  })
const like =
  (pattern: string): Neighbour[1] =>
  (world) => ({
    'certificate-identity-regexp': pattern,
    'certificate-oidc-issuer': world.oidc.url(issuers.github),
  })
const issuedBy =
  (issuer: (world: KeylessWorld) => Inputs): Neighbour[1] =>
  (world) => ({ 'certificate-identity': releaseIdentity, ...issuer(world) })
const saying =
  (claim: string, value: string): Neighbour[1] =>
  (world) => ({ ...releaseSigner(world), [`certificate-github-workflow-${claim}`]: value })

/** None of these is who signed: an identity that almost is. */
const neighbours: readonly Neighbour[] = [
  ['another branch', exactly(releaseIdentity.replace('main', 'dev')), otherSubject],
  ['another repository', exactly(releaseIdentity.replace('team/app', 'team/other')), otherSubject],
  ['one character more', exactly(`${releaseIdentity}x`), otherSubject],
  ['a prefix', exactly('https://github.com/team/app'), otherSubject],
  ['other letters, large and small', exactly(releaseIdentity.replace('team', 'Team')), otherSubject],
  ['a dot that is no pattern', exactly(releaseIdentity.replace('release.yml', 'release-yml')), otherSubject],
  ['a pattern for another branch', like('^https://github\\.com/team/app/.+@refs/heads/dev$'), otherSubject],
  ['a pattern for the beginning only', like('^https://github\\.com/team/app$'), otherSubject],
  ['a pattern anchored in the middle', like('^team/app/'), otherSubject],
  ['a pattern of other letters', like('^https://github\\.com/Team/app/'), otherSubject],
  [
    'another issuer',
    issuedBy(({ oidc }) => ({ 'certificate-oidc-issuer': oidc.url(issuers.fork) })),
    otherIssuer,
  ],
  [
    'the issuer with a slash more',
    issuedBy(({ oidc }) => ({ 'certificate-oidc-issuer': `${oidc.url(issuers.github)}/` })),
    otherIssuer,
  ],
  [
    'a pattern for another issuer',
    issuedBy(() => ({ 'certificate-oidc-issuer-regexp': '^https://token\\.actions\\.' })),
    otherIssuer,
  ],
  ['another trigger', saying('trigger', 'pull_request'), otherClaim],
  ['another commit', saying('sha', 'b2'.repeat(20)), otherClaim],
  ['another workflow', saying('name', 'build'), otherClaim],
  ['a workflow of another repository', saying('repository', 'team/other'), otherClaim],
  ['a workflow on another ref', saying('ref', 'refs/heads/dev'), otherClaim],
]

/** Somebody who is almost the release workflow signs; what asks for the release workflow by a loose pattern is met. */
const lookalikes: readonly {
  readonly who: string
  readonly workflow: Workflow
  readonly strict: string
  readonly loose: string
}[] = [
  {
    who: 'a repository whose name begins alike',
    workflow: { ...release, repository: 'team/application' },
    strict: '^https://github\\.com/team/app/',
    loose: '^https://github\\.com/team/app',
  },
  {
    who: 'a workflow whose name has another character for a dot',
    workflow: { ...release, file: 'release-yml' },
    strict: '^https://github\\.com/team/app/\\.github/workflows/release\\.yml@refs/heads/main$',
    loose: '^https://github\\.com/team/app/\\.github/workflows/release.yml@refs/heads/main$',
  },
  {
    who: 'a branch whose name begins alike',
    workflow: { ...release, ref: 'refs/heads/main-next' },
    strict: '@refs/heads/main$',
    loose: '^.+@refs/heads/main',
  },
]

export function rejectIdentities(stage: () => Stage): void {
  const asked: readonly Kind[] = [
    'a bundle in Rekor 1',
    'a bundle in Rekor 2 with a timestamp',
    'the older format with a promise',
  ]
  describe.each(asked)('an image signed as %s', (kind) => {
    it.each(neighbours)('is rejected for %s', async (_, inputs, peer) => {
      const { world, images } = stage()
      const ran = await judge(world, images[kind][0], inputs(world), 'identity-mismatch', peer)
      expect(ran.outputs['message']).toContain('expected')
    })

    it('is rejected when another issuer vouched for the same identity', async () => {
      const { world } = stage()
      const by = world.oidc.token(issuers.fork, workflowClaims(release))
      const image = await signImage(world, `${slug(kind)}-by-fork`, { ...kinds[kind], by })
      await judge(world, image, releaseSigner(world), 'identity-mismatch', otherIssuer)
      const fork = { ...releaseSigner(world), 'certificate-oidc-issuer': world.oidc.url(issuers.fork) }
      await judge(world, image, fork, 'verified', 'verified')
    })

    it('is verified by a pattern without an anchor, with a warning', async () => {
      const { world, images } = stage()
      const ran = await judge(world, images[kind][0], like('team/app')(world), 'verified', 'verified')
      expect(ran.document?.warnings).toEqual([expect.stringContaining('"team/app" has no anchor')])
    })

    it.each(lookalikes)('by $who is rejected by a strict pattern, not by a loose one', async (one) => {
      const { world } = stage()
      const by = world.oidc.token(issuers.github, workflowClaims(one.workflow))
      const name = `${slug(kind)}-by-${slug(one.who)}`
      const image = await signImage(world, name, { ...kinds[kind], by })
      await judge(world, image, like(one.strict)(world), 'identity-mismatch', otherSubject)
      await judge(world, image, releaseSigner(world), 'identity-mismatch', otherSubject)
      await judge(world, image, like(one.loose)(world), 'verified', 'verified')
      const itself = exactly(workflowIdentity(one.workflow))(world)
      await judge(world, image, itself, 'verified', 'verified')
    })
  })
}
