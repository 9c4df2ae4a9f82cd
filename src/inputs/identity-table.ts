import type { InputEntry } from './entry.js'

/** Who must have signed, by the certificate: cosign's names, and those that Fulcio gave to what came later. */
export const identityTable = [
  {
    name: 'certificate-identity',
    default: '',
    list: true,
    description:
      'Keyless signers, one a line: the identity in the certificate, such as a workflow or an e-mail address',
  },
  {
    name: 'certificate-identity-regexp',
    default: '',
    list: true,
    description: 'Keyless signers by pattern, one a line: RE2, met anywhere unless anchored with ^ and $',
  },
  {
    name: 'certificate-oidc-issuer',
    default: '',
    description: 'Who vouched for the identity, such as https://token.actions.githubusercontent.com',
  },
  {
    name: 'certificate-oidc-issuer-regexp',
    default: '',
    description: 'The same by pattern; with both, both must hold',
  },
  {
    name: 'certificate-github-workflow-trigger',
    default: '',
    description: 'The event that started the workflow that signed',
  },
  {
    name: 'certificate-github-workflow-sha',
    default: '',
    description: 'The commit that the workflow ran on that signed',
  },
  {
    name: 'certificate-github-workflow-name',
    default: '',
    description: 'The name of the workflow that signed',
  },
  {
    name: 'certificate-github-workflow-repository',
    default: '',
    description: 'The repository of the workflow that signed',
  },
  {
    name: 'certificate-github-workflow-ref',
    default: '',
    description: 'The ref that the workflow ran on that signed',
  },
  {
    name: 'certificate-build-signer-uri',
    default: '',
    description:
      'The workflow that built and signed, with its ref, also where another one called it (Build Signer URI)',
  },
  {
    name: 'certificate-build-signer-digest',
    default: '',
    description: 'The commit of the workflow that built and signed',
  },
  {
    name: 'certificate-runner-environment',
    default: '',
    description: 'Where the workflow ran: github-hosted or self-hosted',
  },
  {
    name: 'certificate-source-repository-uri',
    default: '',
    description: 'The repository that was built, such as https://github.com/owner/repository',
  },
  {
    name: 'certificate-source-repository-digest',
    default: '',
    description: 'The commit that was built',
  },
  {
    name: 'certificate-source-repository-ref',
    default: '',
    description: 'The ref that was built, such as refs/heads/main',
  },
  {
    name: 'certificate-source-repository-identifier',
    default: '',
    description: 'The number of the repository that was built: it stays when a name changes hands',
  },
  {
    name: 'certificate-source-repository-owner-uri',
    default: '',
    description: 'The owner of the repository that was built, such as https://github.com/owner',
  },
  {
    name: 'certificate-source-repository-owner-identifier',
    default: '',
    description: 'The number of the owner of the repository that was built',
  },
  {
    name: 'certificate-build-config-uri',
    default: '',
    description: 'The workflow at the top, with its ref, which may have called the one that signed',
  },
  {
    name: 'certificate-build-trigger',
    default: '',
    description: 'The event that started the build',
  },
  {
    name: 'certificate-source-repository-visibility',
    default: '',
    description: 'Whether the repository was public, private or internal as the signature was made',
  },
] as const satisfies readonly InputEntry[]
