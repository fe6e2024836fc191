import { describe, it } from 'node:test'

import { metadataStoreConformance } from '@cairnml/testing'

import { AcmeMetadataStore } from '../src/metadata-store.ts'

metadataStoreConformance({ describe, it }, { name: 'AcmeMetadataStore', create: () => new AcmeMetadataStore('tested') })
