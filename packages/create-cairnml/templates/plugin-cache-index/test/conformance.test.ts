import { describe, it } from 'node:test'

import { cacheIndexConformance } from '@cairnml/testing'

import { AcmeCacheIndex } from '../src/cache-index.ts'

cacheIndexConformance(
  { describe, it },
  { name: 'AcmeCacheIndex', create: () => new AcmeCacheIndex('tested'), capabilities: {} },
)
