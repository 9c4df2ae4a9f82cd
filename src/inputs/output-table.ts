/** An output of the action; every one is set for every ending. */
export interface OutputEntry {
  readonly name: string
  readonly description: string
}

/** The other half of the contract: `action.yml` and `docs/inputs.md` say what stands here. */
export const outputTable = [
  {
    name: 'verdict',
    description: 'verified, rejected (supply chain) or undetermined (infrastructure or configuration)',
  },
  {
    name: 'failure-class',
    description: 'supply-chain, infrastructure or configuration; empty when verified',
  },
  {
    name: 'failure-code',
    description: 'The code of the leading failure (docs/codes.md); empty when verified',
  },
  { name: 'message', description: 'One sentence about the verdict' },
  { name: 'image', description: 'The first image, as given' },
  {
    name: 'digest',
    description: 'The digest of the first image: what was judged, to be used by the next step',
  },
  { name: 'images', description: 'JSON list of the verified images, each pinned: name:tag@sha256:…' },
  { name: 'result', description: 'The result document as JSON, at most 64 KiB (truncated: true beyond)' },
  { name: 'result-file', description: 'Path of the result document' },
  {
    name: 'pinned-manifests',
    description:
      'Folder with the manifests, digests of verified images written in; empty where none were written',
  },
] as const satisfies readonly OutputEntry[]

export type OutputName = (typeof outputTable)[number]['name']
