import { ownCases } from '../harness/own-cases.js'
import { attackBySwaps } from '../harness/swap-attack.js'

attackBySwaps('own', ownCases())
