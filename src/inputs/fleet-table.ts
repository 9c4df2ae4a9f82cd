import type { InputEntry } from './entry.js'

/** Inputs about more images than one list in a workflow can hold, and than one machine should judge. */
export const fleetTable = [
  {
    name: 'images-file',
    default: '',
    list: true,
    description:
      'Files with further images, one a line (empty lines and those that begin with # do not count): thousands are too many for image',
  },
  {
    name: 'plan',
    default: '',
    description:
      'File that verify-image plan wrote: the images of one of its shards are judged, instead of image and images-file',
  },
  { name: 'shard', default: '', description: 'Number of the shard of plan that this run judges, from 1' },
] as const satisfies readonly InputEntry[]
