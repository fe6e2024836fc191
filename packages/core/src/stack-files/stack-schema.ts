import { exactOptional, looseObject, type GenericSchema } from 'valibot'

import { described, noList, section, textLike, type ConfigSchema } from '../config/config-schema.ts'
import type { CachePolicyReference, NamedComponent } from '../stack/define-stack.ts'

/** What a stack file says, as it is written. */
export interface StackValues {
  /** For editors. */
  readonly $schema?: string
  readonly extends?: string
  readonly orchestrator?: NamedComponent
  readonly artifactStore?: NamedComponent
  readonly metadataStore?: NamedComponent
  readonly cachePolicy?: NamedComponent & CachePolicyReference
  readonly provenance?: NamedComponent
}

/** The components of a stack file, in the order in which they are written. */
export const STACK_PORTS = ['orchestrator', 'artifactStore', 'metadataStore', 'cachePolicy', 'provenance'] as const

/** The name of a component in a stack file. */
export type StackPort = (typeof STACK_PORTS)[number]

const PLAIN = /^[^$\p{Cc}]+$/u
const USE = "the name of a plugin, a package, a path like './my-store.ts', or 'package#component'"

const COMPONENT = "an object like { use: 'local' }"

const component: ConfigSchema<NamedComponent> = noList(
  // Sound: an object whose `use` is text; options are checked by the component.
  looseObject({ use: textLike(PLAIN, USE) }, COMPONENT) as GenericSchema as ConfigSchema<NamedComponent>,
  COMPONENT,
)

const policy: ConfigSchema<NamedComponent & CachePolicyReference> = noList(
  // Sound: the same, and what is there under `index` is a component, too.
  looseObject(
    { use: textLike(PLAIN, USE), index: exactOptional(component) },
    COMPONENT,
  ) as GenericSchema as ConfigSchema<NamedComponent & CachePolicyReference>,
  COMPONENT,
)

/** The schema of a stack file. */
export const STACK_SCHEMA: ConfigSchema<StackValues> = section<StackValues>({
  $schema: described(textLike(/./, 'a text'), 'For editors.'),
  extends: described(
    textLike(PLAIN, "the path of a stack file, like './base.yaml'"),
    'A stack file, from the folder of this one: components that are not given here are those of that file.',
  ),
  orchestrator: described(component, 'Where and how steps run.'),
  artifactStore: described(component, 'Where results lie.'),
  metadataStore: described(component, 'Where runs are recorded.'),
  cachePolicy: described(policy, 'What makes a result reusable; its `index` is where results are looked up.'),
  provenance: described(component, 'Records which state of the code runs are made with.'),
})
