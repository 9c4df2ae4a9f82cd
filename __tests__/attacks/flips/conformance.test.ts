import { attackByFlips, everyText } from '../harness/flip-attack.js'
import { casesFrom } from '../harness/shared-cases.js'

attackByFlips('conformance', everyText(await casesFrom('conformance')), { everyWay: false })
