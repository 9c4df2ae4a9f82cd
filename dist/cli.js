#!/usr/bin/env node
import { start } from './guard.js'

start('cli')
