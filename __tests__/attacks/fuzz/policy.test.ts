import { attackByFuzz } from '../harness/fuzz-attack.js'
import { policyParsers } from '../parsers/policy.js'

attackByFuzz('policy', policyParsers)
