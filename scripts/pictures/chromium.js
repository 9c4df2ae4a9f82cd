// A headless Chromium that takes pictures of pages, spoken to over its debugging protocol: nothing else is needed.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { withPalette } from './palette.js'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** The first that is there; `CHROMIUM` says which one else. */
function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM
  const folders = (process.env.PATH ?? '').split(path.delimiter)
  const found = names.flatMap((name) => folders.map((folder) => path.join(folder, name))).find(fs.existsSync)
  if (!found) throw new Error(`no Chromium on the path: expected one of ${names.join(', ')}, or CHROMIUM`)
  return found
}

/** @param folder where the browser keeps its profile */
export async function openChromium(folder) {
  const flags = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--hide-scrollbars',
    '--no-first-run',
    '--remote-debugging-port=0',
    `--user-data-dir=${folder}`,
    'about:blank',
  ]
  const child = spawn(findChromium(), flags, { stdio: ['ignore', 'ignore', 'pipe'] })
  const address = await new Promise((resolve, reject) => {
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
      const found = /DevTools listening on (ws:\S+)/.exec(said)
      if (found) resolve(found[1])
    })
    child.on('close', () => reject(new Error(`Chromium ended: ${said}`)))
  })
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = () => reject(new Error('Chromium does not answer'))
  })
  let last = 0
  const waiting = new Map()
  const heard = []
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data)
    if (message.id === undefined) heard.push(message)
    else {
      const { resolve, reject } = waiting.get(message.id)
      waiting.delete(message.id)
      if (message.error) reject(new Error(message.error.message))
      else resolve(message.result)
    }
  }
  // One that ended answers nothing more.
  socket.onclose = () => {
    for (const { reject } of waiting.values()) reject(new Error('Chromium ended'))
    waiting.clear()
  }
  const send = (method, params = {}, sessionId = undefined) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject })
      socket.send(JSON.stringify({ id: last, method, params, ...(sessionId && { sessionId }) }))
    })

  /** Opens a page in a colour scheme; `use` gets what asks it things. */
  const withPage = async (url, { width, scheme, media = 'screen' }, use) => {
    const { targetId } = await send('Target.createTarget', { url: 'about:blank' })
    const { sessionId } = await send('Target.attachToTarget', { targetId, flatten: true })
    const ask = (method, params) => send(method, params, sessionId)
    await ask('Emulation.setEmulatedMedia', {
      media,
      features: [{ name: 'prefers-color-scheme', value: scheme }],
    })
    const size = (height) =>
      ask('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false })
    await size(900)
    await ask('Network.enable')
    await ask('Page.enable')
    await ask('Log.enable')
    await ask('Page.navigate', { url })
    const evaluate = async (expression) => {
      const { result, exceptionDetails } = await ask('Runtime.evaluate', {
        expression,
        awaitPromise: true,
        returnByValue: true,
      })
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text)
      return result.value
    }
    await evaluate(
      "new Promise((resolve) => document.readyState === 'complete' ? resolve() : addEventListener('load', resolve))",
    )
    const events = () => heard.filter((one) => one.sessionId === sessionId)
    try {
      return await use({ ask, evaluate, size, events })
    } finally {
      await send('Target.closeTarget', { targetId })
    }
  }

  return {
    withPage,
    /** A picture of the page from its top, as high as it is, but no higher than `mostHeight`. */
    picture: (url, options, file) =>
      withPage(url, options, async ({ ask, evaluate, size }) => {
        if (options.ready) await evaluate(options.ready)
        const whole = await evaluate('document.documentElement.scrollHeight')
        const height = Math.min(whole, options.mostHeight ?? 2400)
        await size(height)
        const { data } = await ask('Page.captureScreenshot', {
          format: 'png',
          clip: { x: 0, y: 0, width: options.width, height, scale: 1 },
        })
        fs.writeFileSync(file, withPalette(Buffer.from(data, 'base64')))
        return { whole, height }
      }),
    close: async () => {
      await send('Browser.close').catch(() => undefined)
      socket.close()
      const hasEnded = child.exitCode !== null || child.signalCode !== null
      if (!hasEnded) await new Promise((resolve) => child.once('exit', resolve))
    },
  }
}
