// npm run keys:rotate [-- --emergency]
import { parseArgs } from 'node:util'
import { rotationOptions } from '../dependencies.ts'
import { keyTimes } from '../keys/key-times.ts'
import { replaceSigningKeys, rotateSigningKeys } from '../keys/rotate-signing-keys.ts'
import { command } from './command.ts'

await command(async (env, storage) => {
  const { values } = parseArgs({ options: { emergency: { type: 'boolean', default: false } } })
  const options = rotationOptions(env, storage)
  if (values.emergency) {
    await replaceSigningKeys(options)
    return 'New keys sign from now on; all others are withdrawn, and every token that they signed is void.'
  }
  const steps = await rotateSigningKeys(options, 'now')
  if (!steps.some((step) => step.do === 'generate')) return 'A rotation is under way already.'
  return `New keys are published. The running server lets them sign in ${keyTimes.publish / 60} minutes.`
})
