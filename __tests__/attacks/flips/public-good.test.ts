import { attackByFlips, everyText } from '../harness/flip-attack.js'
import { casesFrom } from '../harness/shared-cases.js'

attackByFlips('public-good', everyText(await casesFrom('public-good')), { everyWay: false })
