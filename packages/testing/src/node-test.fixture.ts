import { describe, it } from 'node:test'

import { memoryConformance } from './memory-components.fixture.ts'

memoryConformance({ describe, it })
