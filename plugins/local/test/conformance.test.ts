import { temporaryFolder } from '@cairnml/testing'
import { afterAll, beforeAll, describe, it } from 'vitest'

import { localConformance } from './conformance.ts'

let folder: Awaited<ReturnType<typeof temporaryFolder>>

beforeAll(async () => {
  folder = await temporaryFolder()
})

afterAll(() => folder[Symbol.asyncDispose]())

localConformance({ describe, it }, () => folder.path)
