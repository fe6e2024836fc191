import { ASSET_CASES } from './cases-assets.ts'
import { CAPTURE_CASES } from './cases-captures.ts'
import { COMPILED_CASES } from './cases-compiled.ts'
import { COPY_CASES } from './cases-copies.ts'
import { EFFECT_CASES } from './cases-effects.ts'
import { HOSTILE_CASES } from './cases-hostile.ts'
import { INSTANCE_CASES } from './cases-instances.ts'
import { ITERATOR_CASES } from './cases-iterators.ts'
import { MEMBER_CASES } from './cases-members.ts'
import { MODULE_CASES } from './cases-modules.ts'
import { ODD_CASES } from './cases-odd.ts'
import { PACKAGE_CASES } from './cases-packages.ts'
import { PORT_CASES } from './cases-ports.ts'
import { SCHEMA_CASES } from './cases-schemas.ts'
import { STATE_CASES } from './cases-state.ts'
import { TEXT_CASES } from './cases-text.ts'
import { VALUE_CASES } from './cases-values.ts'
import type { EditCase } from './edit-case.ts'

/** Every case, by area. */
export const ALL_CASES: Readonly<Record<string, readonly EditCase[]>> = {
  text: TEXT_CASES,
  modules: MODULE_CASES,
  packages: PACKAGE_CASES,
  values: VALUE_CASES,
  assets: ASSET_CASES,
  effects: EFFECT_CASES,
  state: STATE_CASES,
  instances: INSTANCE_CASES,
  iterators: ITERATOR_CASES,
  members: MEMBER_CASES,
  captures: CAPTURE_CASES,
  copies: COPY_CASES,
  ports: PORT_CASES,
  schemas: SCHEMA_CASES,
  hostile: HOSTILE_CASES,
  odd: ODD_CASES,
  compiled: COMPILED_CASES,
}
