import { execFile } from 'node:child_process'

import { describe, expect, it } from 'vitest'

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const OWN = JSON.stringify(new URL('report-uncaught.ts', import.meta.url).href)
const CORE = JSON.stringify(import.meta.resolve('@cairnml/core'))

/** Runs code in a process that reports uncaught errors. */
function ended(code: string, environment: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const program = `
    import { CairnError, cairnError } from ${CORE}
    import { reportUncaught } from ${OWN}
    const taken = cairnError('CAIRN_RUN_NAME_TAKEN', { name: 'nightly' }, { cause: new TypeError('below') })
    reportUncaught()
    ${code}`
  const { CAIRN_DEBUG: _, ...inherited } = process.env
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--conditions=@cairnml/source', '--input-type=module', '--eval', program],
      { env: { ...inherited, ...environment } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    )
  })
}

const HELP = /^CAIRN_RUN_NAME_TAKEN: .*"nightly".*\n.+\n$/

describe.concurrent('reportUncaught', () => {
  it.each([
    ['thrown while the module is loaded', 'throw taken'],
    ['thrown later', 'setTimeout(() => { throw taken })'],
    ['of a rejection that nobody handles', 'void Promise.reject(taken)'],
    ['that ends the top-level await', 'await Promise.reject(taken)'],
  ])('prints an error of Cairn as help and ends with 2: %s', async (_, code) => {
    const result = await ended(code)
    expect(result).toMatchObject({ code: 2, stdout: '' })
    expect(result.stderr).toMatch(HELP)
  })

  it('ends with the exit code of the error', async () => {
    const code = "throw new CairnError({ code: 'CAIRN_RUN_CANCELLED', message: 'Interrupted.', exitCode: 130 })"
    expect(await ended(code)).toEqual({ code: 130, stdout: '', stderr: 'CAIRN_RUN_CANCELLED: Interrupted.\n' })
  })

  it('prints stacks and those of causes where CAIRN_DEBUG is set', async () => {
    const { code, stderr } = await ended('throw taken', { CAIRN_DEBUG: '1' })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^CAIRN_RUN_NAME_TAKEN: .*\n.+\nCairnError: /)
    expect(stderr).toMatch(/^\s+at /m)
    expect(stderr).toContain('\nCaused by: TypeError: below\n')
  })

  it('leaves other errors to Node', async () => {
    const { code, stderr } = await ended("throw new TypeError('a plain one')")
    expect(code).toBe(1)
    expect(stderr).toMatch(/TypeError: a plain one\n\s+at /)
  })

  it('leaves all to a program that handles uncaught exceptions itself', async () => {
    const code = "process.on('uncaughtException', (error) => console.log('own', error.code)); throw taken"
    expect(await ended(code)).toEqual({ code: 0, stdout: 'own CAIRN_RUN_NAME_TAKEN\n', stderr: '' })
  })

  it('does nothing to an error that is caught', async () => {
    expect(await ended('try { throw taken } catch {}')).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})
