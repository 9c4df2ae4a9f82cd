import { casesFrom } from '../harness/shared-cases.js'
import { attackBySwaps } from '../harness/swap-attack.js'

attackBySwaps('cosign', await casesFrom('cosign'), 200)
