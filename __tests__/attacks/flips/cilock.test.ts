import { attackByFlips, everyText } from '../harness/flip-attack.js'
import { casesFrom } from '../harness/shared-cases.js'

attackByFlips('cilock', everyText(await casesFrom('cilock')), { everyWay: false })
