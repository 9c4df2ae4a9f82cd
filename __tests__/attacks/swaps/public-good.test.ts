import { casesFrom } from '../harness/shared-cases.js'
import { attackBySwaps } from '../harness/swap-attack.js'

attackBySwaps('public-good', await casesFrom('public-good'))
