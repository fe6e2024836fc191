import { describe, it } from 'node:test'

import { cachePolicyConformance } from '@cairnml/testing'

import { AcmeCachePolicy } from '../src/cache-policy.ts'

cachePolicyConformance(
  { describe, it },
  { name: 'AcmeCachePolicy', create: () => new AcmeCachePolicy('tested', { release: '2026.1' }) },
)
