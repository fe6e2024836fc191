import { spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

import { describe, expect, it } from 'vitest'

import { functionSink, SILENT_SINK } from './line-sink.ts'

const MODULE = new URL('line-sink.ts', import.meta.url).href

/** What a program that writes through a StreamSink prints, read by somebody who takes his time. */
async function printed(body: string, slowMs = 0): Promise<{ readonly text: string; readonly status: number | null }> {
  const code = `import { StreamSink } from ${JSON.stringify(MODULE)}\nconst sink = new StreamSink(1)\n${body}`
  const child = spawn(
    process.execPath,
    ['--conditions=@cairnml/source', '--input-type=module-typescript', '-e', code],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
  await sleep(slowMs)
  let text = ''
  for await (const chunk of child.stdout) text += String(chunk)
  return { text, status: await ended }
}

describe('StreamSink', () => {
  it('writes all lines in order, however many and however slowly they are read', async () => {
    const { text, status } = await printed("for (let at = 0; at < 50_000; at++) sink.line('line ' + at)", 300)
    expect(status).toBe(0)
    const lines = text.split('\n')
    expect(lines).toHaveLength(50_001)
    expect(lines.every((line, at) => line === (at === 50_000 ? '' : `line ${at}`))).toBe(true)
  })

  it('writes what is left when the process exits', async () => {
    await expect(printed("sink.line('last'); process.exit(3)")).resolves.toEqual({ text: 'last\n', status: 3 })
  })

  it('makes lines visible before a long piece of work when it is flushed', async () => {
    const body = "sink.line('a'); sink.flush(); process.stdout.write('b\\n'); sink.line('c')"
    await expect(printed(body)).resolves.toMatchObject({ text: 'a\nb\nc\n' })
  })
})

describe('other sinks', () => {
  it('call a function per line, or do nothing', () => {
    const lines: string[] = []
    const sink = functionSink((line) => lines.push(line))
    sink.line('a')
    sink.flush()
    SILENT_SINK.line('b')
    SILENT_SINK.flush()
    expect(lines).toEqual(['a'])
  })
})
