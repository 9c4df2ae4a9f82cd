import { casesFrom } from '../harness/shared-cases.js'
import { attackBySwaps } from '../harness/swap-attack.js'

// Every two of these many policies are a pair.
attackBySwaps('cilock', await casesFrom('cilock'), 500)
