import { attackByFlips, everyText } from '../harness/flip-attack.js'
import { casesFrom } from '../harness/shared-cases.js'

attackByFlips('s3lo', everyText(await casesFrom('s3lo')))
