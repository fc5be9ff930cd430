// How the scripts speak: plain lines, a spinner only where there is a terminal, colour only where it is wanted.
import process from 'node:process'

const terminal = Boolean(process.stdout.isTTY)
const coloured = process.env.FORCE_COLOR ? process.env.FORCE_COLOR !== '0' : terminal && !process.env.NO_COLOR

/** @param {string} text @param {number} open @param {number} close */
function paint(text, open, close) {
  return coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text
}
export const bold = (/** @type {string} */ text) => paint(text, 1, 22)
export const dim = (/** @type {string} */ text) => paint(text, 2, 22)
export const green = (/** @type {string} */ text) => paint(text, 32, 39)
export const red = (/** @type {string} */ text) => paint(text, 31, 39)
export const cyan = (/** @type {string} */ text) => paint(text, 36, 39)

export function say(text = '') {
  console.log(text)
}

/** A fault that the person at the keyboard can mend: shown as it is, without a stack. */
export class Trouble extends Error {}

/** @param {unknown} error */
export function complain(error) {
  const text = error instanceof Trouble ? error.message : error instanceof Error ? error.stack : String(error)
  console.error(`\n  ${red('✗')} ${String(text).replaceAll('\n', '\n    ')}\n`)
}

/**
 * Runs one step of the set-up and shows that it is alive: a spinner on a terminal, a line every 15 s elsewhere.
 * `work` gets a function that names what it is doing at the moment.
 * @template T
 * @param {string} title
 * @param {(now: (line: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = Date.now()
  let detail = ''
  const seconds = () => Math.round((Date.now() - started) / 1000)
  const status = () => `${title} ${dim(`${seconds()} s ${detail}`)}`
  if (!terminal) say(`  · ${title}`)
  const heartbeat = setInterval(
    () => (terminal ? redraw(`  ${spin()} ${status()}`) : say(`    ${status()}`)),
    terminal ? 120 : 15_000,
  )
  const end = (/** @type {string} */ line) => {
    clearInterval(heartbeat)
    if (terminal) redraw(`${line}\n`)
    else say(line)
  }
  try {
    const result = await work((line) => {
      detail = line.trim().slice(0, 60)
    })
    end(`  ${green('✓')} ${title} ${dim(`${((Date.now() - started) / 1000).toFixed(1)} s`)}`)
    return result
  } catch (error) {
    end(`  ${red('✗')} ${title}`)
    throw error
  }
}

let frame = 0
function spin() {
  frame = (frame + 1) % 10
  return cyan('⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏'[frame] ?? '')
}

/** @param {string} line */
function redraw(line) {
  process.stdout.write(`\r\u001b[2K${line}`)
}
