import type { PortName, Ports } from '@cairnml/core'
import type { Skip, TestRunner } from '@cairnml/testing'

import type { ComponentInstances } from './component-instances.ts'
import { sectionReports, type SectionReport, type SkippedSection } from './suite-report.ts'
import type { TestKit } from './test-kit.ts'

/** What a component is checked with. */
export interface ComponentCheck {
  readonly port: PortName
  readonly name: string
  readonly kit: TestKit
  readonly instances: ComponentInstances
  /** Whether another component over the same state has to see it. */
  readonly durable: boolean
  readonly skip: readonly Skip[]
}

/** How a component did. */
export interface CheckedSuite {
  readonly sections: readonly SectionReport[]
  readonly skipped: readonly SkippedSection[]
}

/** Runs the suite of a port on a component. A component that cannot even be made fails as a whole. */
export async function checkComponent(check: ComponentCheck): Promise<CheckedSuite> {
  const runner = new check.kit.CollectingRunner()
  const skipped = await register(runner, check)
  return { sections: sectionReports(await runner.run()), skipped }
}

async function register(runner: TestRunner, check: ComponentCheck): Promise<readonly SkippedSection[]> {
  const { kit, port, durable } = check
  const notDurable: SkippedSection = { title: 'opened again', reason: '--durable was not given' }
  const skipped = durable || port === 'orchestrator' || port === 'cachePolicy' ? [] : [notDurable]
  switch (port) {
    case 'artifactStore': {
      const { capabilities } = await sample(check, port)
      kit.artifactStoreConformance(runner, { ...optionsOf(check, port), capabilities })
      if (capabilities.ifAbsent === true) return skipped
      return [{ title: 'ifAbsent', reason: 'the store does not have that capability' }, ...skipped]
    }
    case 'metadataStore':
      kit.metadataStoreConformance(runner, optionsOf(check, port))
      return skipped
    case 'cacheIndex': {
      const index = await sample(check, port)
      const acquire = index.acquire === undefined ? undefined : true
      const beater = index.beater === undefined ? undefined : true
      kit.cacheIndexConformance(runner, { ...optionsOf(check, port), capabilities: { acquire, beater } })
      const missing = [...(acquire ? [] : ['leases']), ...(beater ? [] : ['beats from another thread'])]
      return [...missing.map((title) => ({ title, reason: 'the index does not have that capability' })), ...skipped]
    }
    case 'cachePolicy':
      kit.cachePolicyConformance(runner, optionsOf(check, port))
      return skipped
    case 'orchestrator':
      kit.orchestratorConformance(runner, optionsOf(check, port))
      return skipped
    case 'provenance':
      kit.provenanceConformance(runner, optionsOf(check, port))
      return skipped
  }
}

function optionsOf<P extends PortName>(
  { name, instances, durable, skip }: ComponentCheck,
  _port: P,
): {
  readonly name: string
  readonly create: () => Promise<Ports[P]>
  readonly reopen?: (component: Ports[P]) => Promise<Ports[P]>
  readonly skip: readonly Skip[]
} {
  // Sound: the definition of the component says that it fills this port.
  const create = (): Promise<Ports[P]> => instances.create() as Promise<Ports[P]>
  const reopen = (component: Ports[P]): Promise<Ports[P]> => instances.reopen(component) as Promise<Ports[P]>
  return { name, create, skip, ...(durable ? { reopen } : {}) }
}

/** One that is looked at only. */
async function sample<P extends PortName>({ instances }: ComponentCheck, _port: P): Promise<Ports[P]> {
  // Sound: as above; only the presence of the method is assumed, and it is checked.
  const component = (await instances.create()) as Ports[P] & Partial<AsyncDisposable>
  await component[Symbol.asyncDispose]?.()
  return component
}
