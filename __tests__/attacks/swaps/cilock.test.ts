import { casesFrom } from '../harness/shared-cases.js'
import { attackBySwaps } from '../harness/swap-attack.js'

attackBySwaps('cilock', await casesFrom('cilock'))
