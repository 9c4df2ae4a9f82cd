import type { TrustDemand } from '../verdict/request.js'
import { isHttpUrl, withoutUser } from './url.js'
import { isRefused, readAge, type Wrong } from './values.js'

type TrustInput = 'max-age' | 'trusted-root' | 'tuf-mirror' | 'tuf-root' | 'ca-roots' | 'ca-intermediates'

/** Reads whom to trust. One source of the trusted root: what is given and not used would only seem to count. */
export function readTrust(
  text: (name: TrustInput) => string,
  { offline, ...strictness }: Pick<TrustDemand, 'sct' | 'signedTimestamps'> & { readonly offline: boolean },
): TrustDemand | Wrong {
  const root = text('trusted-root')
  const tufMirror = text('tuf-mirror')
  const tufRoot = text('tuf-root')
  const caRoots = text('ca-roots')
  const caIntermediates = text('ca-intermediates')
  const fetched = tufMirror !== '' ? 'tuf-mirror' : 'tuf-root'
  if ((root !== '' || offline) && (tufMirror !== '' || tufRoot !== '')) {
    const expected = `nothing to fetch from beside ${root !== '' ? 'trusted-root' : 'offline'}`
    return { input: fetched, expected, got: withoutUser(text(fetched)) }
  }
  if (tufMirror !== '' && !isHttpUrl(tufMirror))
    return { input: 'tuf-mirror', expected: 'an https URL', got: withoutUser(tufMirror) }
  const maxAgeMs = text('max-age') === '' ? undefined : readAge(text('max-age'))
  if (isRefused(maxAgeMs)) return { input: 'max-age', expected: maxAgeMs.expected, got: text('max-age') }
  return {
    ...(root !== '' && { root }),
    ...(maxAgeMs !== undefined && { maxAgeMs }),
    ...(tufMirror !== '' && { tufMirror }),
    ...(tufRoot !== '' && { tufRoot }),
    ...(offline && { offline }),
    ...(caRoots !== '' && { caRoots }),
    ...(caIntermediates !== '' && { caIntermediates }),
    ...strictness,
  }
}
