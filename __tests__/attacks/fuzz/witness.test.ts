import { attackByFuzz } from '../harness/fuzz-attack.js'
import { witnessParsers } from '../parsers/witness.js'

attackByFuzz('witness', witnessParsers)
