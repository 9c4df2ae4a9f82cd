import { attackByFuzz } from '../harness/fuzz-attack.js'
import { evidenceParsers } from '../parsers/evidence.js'

attackByFuzz('evidence', evidenceParsers)
