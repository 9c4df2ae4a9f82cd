import { attackByFlips, everyText } from '../harness/flip-attack.js'
import { casesFrom } from '../harness/shared-cases.js'

attackByFlips('cosign', everyText(await casesFrom('cosign')), { everyWay: false })
