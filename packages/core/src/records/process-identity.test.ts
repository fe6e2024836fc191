import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { isSurelyDead, processOf, thisProcess, type ProcessIdentity } from './process-identity.ts'

describe('thisProcess', () => {
  it('says who and where, always the same', () => {
    expect(thisProcess()).toMatchObject({
      pid: process.pid,
      node: process.version,
      platform: `${process.platform}-${process.arch}`,
    })
    expect(thisProcess()).toBe(thisProcess())
    expect(JSON.parse(JSON.stringify(thisProcess()))).toEqual(thisProcess())
  })
})

describe('isSurelyDead', () => {
  const self = thisProcess()

  it('is false for a living process', () => {
    expect(isSurelyDead(self)).toBe(false)
    expect(isSurelyDead({ ...self, pid: process.ppid, startTicks: undefined })).toBe(false)
  })

  it('is true for a process that has ended', async () => {
    const child = spawn(process.execPath, ['-e', ''])
    await once(child, 'exit')
    expect(isSurelyDead({ ...self, pid: child.pid ?? -1, startTicks: undefined })).toBe(true)
  })

  it.runIf(process.platform === 'linux')('is true for one that has ended and that nobody asks for', async () => {
    // The shell becomes a program that never asks what became of what the shell started.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] })
    try {
      const [chunk] = (await once(parent.stdout, 'data')) as [Buffer]
      const pid = Number(chunk.toString())
      await expect.poll(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8')).toBe('sleep\n')
      process.kill(pid)
      await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'utf8')).toContain(') Z ')
      expect(isSurelyDead(processOf(pid))).toBe(true)
    } finally {
      parent.kill('SIGKILL')
    }
  })

  it('is false for a process of another machine, whatever its number', () => {
    expect(isSurelyDead({ ...self, host: `${self.host}-other`, pid: 999_999_999, bootId: 'other' })).toBe(false)
  })

  it.runIf(process.platform === 'linux')(
    'is true for another boot and for a newer process with the same number',
    () => {
      expect(self.bootId).toBeDefined()
      expect(self.startTicks).toBeGreaterThan(0)
      expect(isSurelyDead({ ...self, bootId: 'another boot' })).toBe(true)
      expect(isSurelyDead({ ...self, startTicks: (self.startTicks ?? 0) + 1 })).toBe(true)
    },
  )

  it('does not guess where the system tells nothing', () => {
    const { startTicks: _ticks, bootId: _boot, ...plain } = self
    const unknown: ProcessIdentity = plain
    expect(isSurelyDead(unknown)).toBe(false)
  })
})
