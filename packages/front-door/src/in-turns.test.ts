import { expect, test } from 'vitest'
import { inTurns } from './in-turns.ts'

/** How many pieces of work of five were done after each turn of the event loop. */
async function doneAfterTurns(room: number): Promise<number[]> {
  const begin = inTurns(() => room)
  let done = 0
  for (let piece = 0; piece < 5; piece++) begin(() => done++)
  const after = [done]
  while (done < 5) {
    await new Promise((resolve) => setImmediate(resolve))
    after.push(done)
  }
  return after
}

test('all work begins in the next turn where there is room for more', async () => {
  expect(await doneAfterTurns(40)).toEqual([0, 5])
})

test('one piece begins in each turn where there is no room left, two where there is room for two', async () => {
  expect(await doneAfterTurns(0)).toEqual([0, 1, 2, 3, 4, 5])
  expect(await doneAfterTurns(2)).toEqual([0, 2, 4, 5])
})
