import { az, gs, s3 } from './families/buckets.js'
import { evidence, policies } from './families/evidence.js'
import { folders } from './families/folders.js'
import { clouds, keys } from './families/keys.js'
import { registry } from './families/registry.js'
import { trust } from './families/trust.js'
import type { Family } from './place.js'

/** All places, table by table. */
export const families: readonly Family[] = [
  registry,
  s3,
  gs,
  az,
  folders,
  keys,
  clouds,
  trust,
  evidence,
  policies,
]
