// The thread that policies in Rego and CUE are evaluated in; src/engine/engine.ts starts it.
import { answerQuestions } from './main.js'

await answerQuestions()
