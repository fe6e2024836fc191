import { after, before, describe, it } from 'node:test'

import { temporaryFolder, type TemporaryFolder } from '@cairnml/testing'

import { localConformance } from '../conformance.ts'

let folder: TemporaryFolder

before(async () => {
  folder = await temporaryFolder()
})

after(() => folder[Symbol.asyncDispose]())

localConformance({ describe, it }, () => folder.path)
