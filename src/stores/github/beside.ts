import type { Call } from '../../network/call.js'
import { mayCarry } from '../../network/url.js'
import type { Lookup } from '../../network/lookup.js'
import type { GithubAccess } from '../../verdict/request.js'
import type { Problem } from '../../verdict/finding.js'
import type { EvidenceSource, Offer, Place, Resolved } from '../store.js'
import { openApi } from './api.js'
import { listAttestations } from './attestations.js'

export type Beside = (place: Place) => Place

/** What the runner names its own GitHub by; elsewhere it is the public one. */
const publicApi = 'https://api.github.com'

/** GitHub's attestations as one more channel of evidence beside whatever place an image lies at. */
export function openBeside(access: GithubAccess): Beside | Problem {
  const { GITHUB_API_URL, GITHUB_REPOSITORY } = process.env
  const repository = access.repository ?? GITHUB_REPOSITORY ?? ''
  if (!repositoryName.test(repository)) {
    const message = `github-attestations: expected owner/repository, got ${JSON.stringify(repository)}`
    return { code: 'input-invalid', message }
  }
  const address = GITHUB_API_URL === undefined || GITHUB_API_URL === '' ? publicApi : GITHUB_API_URL
  if (!URL.canParse(address) || !mayCarry(new URL(address))) {
    return {
      code: 'input-invalid',
      message: `GITHUB_API_URL: expected an https URL, got ${JSON.stringify(address)}`,
    }
  }
  const api = openApi(new URL(address), access.token)
  const find = async (image: Promise<Lookup<Resolved>>, call: Call): Promise<Lookup<readonly Offer[]>> => {
    const resolved = await image
    if (resolved.kind !== 'found') return resolved
    return listAttestations(api, repository, resolved.value.digest, call)
  }
  return ({ images, evidence }) => ({ images, evidence: withAttestations(evidence, find) })
}

/** As GitHub names accounts and repositories: nothing else becomes a part of a path. */
const repositoryName = /^[A-Za-z0-9][A-Za-z0-9_-]{0,99}\/(?!\.{1,2}$)[A-Za-z0-9._-]{1,100}$/

function withAttestations(
  own: EvidenceSource,
  find: (image: Promise<Lookup<Resolved>>, call: Call) => Promise<Lookup<readonly Offer[]>>,
): EvidenceSource {
  return {
    ...own,
    attestationsByAnyone: true,
    look: (image, call, isChild) => {
      const usual = own.look(image, call, isChild)
      let listed: Promise<Lookup<readonly Offer[]>> | undefined
      return (wanted) => {
        // It keeps attestations only: a plain signature is not looked for there.
        if (wanted.predicateType === undefined) return usual(wanted)
        listed ??= find(image, call)
        return own.byKey ? [listed] : [...usual(wanted), listed]
      }
    },
  }
}
