import { attackByFlips, everyPart } from '../harness/flip-attack.js'
import { ownCases } from '../harness/own-cases.js'

attackByFlips('own', everyPart(ownCases()))
