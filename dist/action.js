import { start } from './guard.js'

start('action')
