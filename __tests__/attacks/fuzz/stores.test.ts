import { attackByFuzz } from '../harness/fuzz-attack.js'
import { storesParsers } from '../parsers/stores.js'

attackByFuzz('stores', storesParsers)
