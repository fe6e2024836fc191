import { cairnError } from '../errors/cairn-error.ts'
import { currentBuild } from '../graph/current-build.ts'
import type { PortMap } from '../materializer/port.ts'
import { assertName } from '../names/name.ts'
import { nearestName } from '../names/nearest.ts'
import { assertDeclaration, assertParams, checkedPorts } from './declared-ports.ts'
import { attachDefinition, stepDefinition, type PipelineDefinition, type StepDefinition } from './definition.ts'
import type { PipelineOptions } from './options.ts'
import type { Pipeline, PipelineDeclaration } from './pipeline-types.ts'
import type { RunOptions } from './run-types.ts'
import { currentRunner } from './runner.ts'
import { slotMisfit } from './slot-callables.ts'
import type { Slots } from './slot.ts'
import { checkedStepOptions } from './step-options.ts'
import type { ParamsSchema } from './step-types.ts'

type Given = Readonly<Record<string, unknown>>
type WithChange = PipelineOptions & { readonly steps?: Given }

const DECLARED = ['name', 'params', 'inputs', 'slots', 'build', 'failureMode'] as const

/**
 * Defines a pipeline. Its `build` joins steps: parameters are plain values there, results of steps are handles.
 *
 * @example
 * const training = pipeline({
 *   name: 'training',
 *   params: z.object({ gamma: z.number().default(0.001) }),
 *   build: ({ gamma }) => { const { x, y } = load(); return train({ gamma, x, y }) },
 * })
 * const run = await training.run({ gamma: 0.01 })
 *
 * @throws CAIRN_NAME_INVALID, CAIRN_DECLARATION_INVALID, CAIRN_RUN_OPTION_INVALID
 */
export function pipeline<
  P extends ParamsSchema | undefined = undefined,
  I extends PortMap = {},
  S extends Slots = {},
  R = void,
>(declaration: PipelineDeclaration<P, I, S, R>): Pipeline<P, I, S, R> {
  assertDeclaration('pipeline()', declaration)
  assertName('pipeline', declaration.name)
  const where = `Pipeline "${declaration.name}"`
  if (typeof declaration.build !== 'function') {
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: 'it has no build function' })
  }
  const slots: Slots = declaration.slots ?? {}
  for (const [name, slot] of Object.entries(slots)) {
    assertName('slot', name)
    if (slot?.kind === 'slot') continue
    throw cairnError('CAIRN_DECLARATION_INVALID', { where, problem: `its slot "${name}" is not made by slot({ ... })` })
  }
  const inputs = checkedPorts(where, 'input', declaration.inputs ?? {})
  assertParams(where, declaration.params, inputs)
  const definition: PipelineDefinition = {
    name: declaration.name,
    params: declaration.params,
    inputs,
    slots,
    filled: {},
    options: checkedStepOptions(where, declaration, DECLARED),
    // Sound: build is only called with parameters that the schema gave and handles of the declared inputs.
    build: declaration.build as unknown as PipelineDefinition['build'],
  }
  // Sound: the callable checks at run time what the type promises at compile time.
  return pipelineCallable(definition) as unknown as Pipeline<P, I, S, R>
}

function pipelineCallable(definition: PipelineDefinition): object {
  const callable = (args?: Given, options?: { readonly id?: string }): unknown => {
    const build = currentBuild()
    if (build === undefined) throw cairnError('CAIRN_OUTSIDE_BUILD', { kind: 'pipeline', name: definition.name })
    return build.addPipeline(definition, { args: args ?? {}, options: options ?? {}, below: callable })
  }
  attachDefinition(callable, definition)
  currentRunner()?.defined?.(definition)
  return Object.assign(callable, {
    declaration: Object.freeze({ name: definition.name }),
    with: (change: WithChange) => pipelineCallable(changedPipeline(definition, change)),
    run: async (args?: Given, options?: RunOptions) => {
      const runner = currentRunner()
      if (runner === undefined) throw cairnError('CAIRN_RUNTIME_MISSING', { pipeline: definition.name })
      return runner.run(definition, args ?? {}, options ?? {})
    },
  })
}

function changedPipeline(definition: PipelineDefinition, change: WithChange): PipelineDefinition {
  const { steps = {}, ...options } = change
  const where = `Pipeline "${definition.name}"`
  const filled: Record<string, StepDefinition> = { ...definition.filled }
  for (const [slot, step] of Object.entries(steps)) filled[slot] = fitted(definition, slot, step)
  return {
    ...definition,
    filled,
    options: { ...definition.options, ...checkedStepOptions(where, options, ['failureMode']) },
  }
}

function fitted(definition: PipelineDefinition, slot: string, given: unknown): StepDefinition {
  const pipelineName = definition.name
  const shape = Object.hasOwn(definition.slots, slot) ? definition.slots[slot] : undefined
  if (shape === undefined) {
    const nearest = nearestName(slot, Object.keys(definition.slots))
    throw cairnError('CAIRN_SLOT_UNKNOWN', { pipeline: pipelineName, slot, nearest })
  }
  const step = stepDefinition(given)
  if (step === undefined) {
    const details = { pipeline: pipelineName, slot, step: typeof given, problem: 'it is not a step' }
    throw cairnError('CAIRN_SLOT_MISFIT', details)
  }
  const problem = slotMisfit(shape.ports, step)
  if (problem === undefined) return step
  throw cairnError('CAIRN_SLOT_MISFIT', { pipeline: pipelineName, slot, step: step.name, problem })
}
