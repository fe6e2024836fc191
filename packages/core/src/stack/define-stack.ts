import type { AnyComponentDefinition } from '../plugin/define-plugin.ts'

/** A component by what supplies it: a plugin by name, with its options beside. JSON-safe. */
export interface NamedComponent {
  /** `local`, a package name, or `package#type`. */
  readonly use: string
  readonly [option: string]: unknown
}

/** A component given as code, for tests and programs that bring their own. */
export interface InlineComponent {
  readonly component: AnyComponentDefinition
  readonly use?: undefined
  readonly options?: Readonly<Record<string, unknown>>
}

/** One component of a stack. */
export type ComponentReference = NamedComponent | InlineComponent

/** Whether a component is given as code. */
export function isInline(reference: ComponentReference): reference is InlineComponent {
  return 'component' in reference && typeof reference.component === 'object'
}

/** A cache policy and, beside its own options, the index that it looks results up in. */
export type CachePolicyReference = ComponentReference & { readonly index?: ComponentReference }

/** A stack with every component given. */
export interface CompleteStack {
  readonly name: string
  readonly orchestrator: ComponentReference
  readonly artifactStore: ComponentReference
  readonly metadataStore: ComponentReference
  readonly cachePolicy: CachePolicyReference
  /** Records with a run which state of the code it was made with. @default nothing but the commit is recorded */
  readonly provenance?: ComponentReference
}

/** A named set of components. What is left out is that of the stack `default`. */
export type StackDefinition = Pick<CompleteStack, 'name'> & Partial<Omit<CompleteStack, 'name'>>

/** The stack that works without any set-up: everything on this machine, under `.cairn/`. */
export const DEFAULT_STACK: CompleteStack = {
  name: 'default',
  orchestrator: { use: 'local' },
  artifactStore: { use: 'local' },
  metadataStore: { use: 'sqlite' },
  cachePolicy: { use: 'content', index: { use: 'sqlite' } },
}

/**
 * Defines a stack in code.
 *
 * @example
 * const ci = defineStack({ name: 'ci', artifactStore: { use: 'local', path: '/mnt/cache' } })
 */
export function defineStack(stack: StackDefinition): StackDefinition {
  return stack
}
