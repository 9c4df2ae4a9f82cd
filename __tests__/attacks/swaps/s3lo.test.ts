import { casesFrom } from '../harness/shared-cases.js'
import { attackBySwaps } from '../harness/swap-attack.js'

attackBySwaps('s3lo', await casesFrom('s3lo'))
