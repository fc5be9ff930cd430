import { spawn } from 'node:child_process'

export interface Pkcs11Token {
  /** The library of the token's maker, such as libsofthsm2.so. */
  readonly module: string
  /** The token's label. */
  readonly label: string
  readonly pin: string
  /** What the tool is started with: the token's library may have settings of its own there. */
  readonly env: NodeJS.ProcessEnv
}

/**
 * Runs OpenSC's pkcs11-tool, logged in at the token. The PIN goes through the environment, since everyone on a machine can read arguments.
 * The function resolves with what the tool wrote, and rejects with Error in the tool's words.
 */
export function pkcs11Tool({ module, label, pin, env }: Pkcs11Token) {
  const login = ['--module', module, '--token-label', label, '--login', '--pin', 'env:KEYBOUND_PKCS11_PIN']
  return (args: readonly string[], input: Uint8Array = new Uint8Array()): Promise<Buffer<ArrayBuffer>> =>
    new Promise((done, failed) => {
      const tool = spawn('pkcs11-tool', [...login, ...args], {
        env: { ...env, KEYBOUND_PKCS11_PIN: pin },
        stdio: ['pipe', 'pipe', 'pipe'],
      })
      const output: Buffer<ArrayBuffer>[] = []
      const complaints: Buffer[] = []
      tool.stdout.on('data', (chunk: Buffer<ArrayBuffer>) => output.push(chunk))
      tool.stderr.on('data', (chunk: Buffer) => complaints.push(chunk))
      tool.once('error', (cause) =>
        failed(
          new Error('pkcs11-tool is missing: install OpenSC (Debian, Ubuntu: apt-get install opensc)', {
            cause,
          }),
        ),
      )
      tool.once('close', (code) => {
        if (code === 0 && output.length > 0) done(Buffer.concat(output))
        else failed(new Error(complaintOf(Buffer.concat(complaints).toString())))
      })
      tool.stdin.on('error', () => {})
      tool.stdin.end(input)
    })
}

/** What it says went wrong, without what it always says. */
function complaintOf(text: string): string {
  const lines = text.split('\n').map((line) => line.trim())
  const complaints = lines.filter((line) => line !== '' && line !== 'Aborting.' && !line.startsWith('Using '))
  return `pkcs11-tool: ${complaints.join('; ') || 'no answer'}`
}
